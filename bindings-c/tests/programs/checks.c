/* checks KIND [OPTION]... -- FILE...: what the checks find, as JSON.
 *
 * KIND is `single`, `all` (with what the reader found), `series` or `rollup`. Options:
 * `number NAME N`, `trusted ID`, `member NAME`, `severity CODE N WHY`, `waivers JSON`,
 * `write FORM` (the findings in that form, instead of JSON). */

#include "dump.h"

#define MANY 64

int main(int count, char **words)
{
    gongkai_check_options *options = gongkai_check_options_new();
    gongkai_report *reports[MANY];
    const gongkai_report *lent[MANY];
    gongkai_findings *findings = NULL;
    gongkai_error *error = NULL;
    const gongkai_findings *read;
    const char *form = NULL;
    size_t many = 0, i;
    int at = 2;

    for (; at < count && strcmp(words[at], "--") != 0; at++) {
        const char *word = words[at];
        if (strcmp(word, "number") == 0) {
            NEED(gongkai_check_options_set_number(
                options, words[at + 1], (uint64_t)strtoull(words[at + 2], NULL, 10), &error));
            at += 2;
        } else if (strcmp(word, "trusted") == 0) {
            NEED(gongkai_check_options_add_trusted(options, words[++at], &error));
        } else if (strcmp(word, "member") == 0) {
            NEED(gongkai_check_options_add_member(options, words[++at], &error));
        } else if (strcmp(word, "severity") == 0) {
            NEED(gongkai_check_options_set_severity(options, words[at + 1], atoi(words[at + 2]),
                                                    words[at + 3], &error));
            at += 3;
        } else if (strcmp(word, "waivers") == 0) {
            at++;
            if (gongkai_check_options_set_waivers(options, words[at], strlen(words[at]), &error)) {
                put_error(error);
                gongkai_error_free(error);
                gongkai_check_options_free(options);
                return 0;
            }
        } else if (strcmp(word, "write") == 0) {
            form = words[++at];
        } else {
            return 2;
        }
    }
    for (at++; at < count && many < MANY; at++, many++) {
        NEED(gongkai_parse_file(words[at], NULL, &reports[many], &error));
        lent[many] = reports[many];
    }
    if (strcmp(words[1], "single") == 0)
        NEED(gongkai_check(reports[0], options, &findings, &error));
    else if (strcmp(words[1], "all") == 0)
        NEED(gongkai_check_all(reports[0], options, &findings, &error));
    else if (strcmp(words[1], "series") == 0)
        NEED(gongkai_check_series(lent, many, options, &findings, &error));
    else
        NEED(gongkai_check_rollup(lent[0], lent + 1, many - 1, options, &findings, &error));
    gongkai_check_options_free(options);

    if (form != NULL) {
        gongkai_bytes *bytes;
        const char *text;
        size_t length;
        NEED(gongkai_findings_write(findings, reports[0], form, "年报.docx", GONGKAI_EN, &bytes, &error));
        NEED(gongkai_bytes_data(bytes, &text, &length));
        fwrite(text, 1, length, stdout);
        gongkai_bytes_free(bytes);
    } else {
        printf("{\"found\":");
        put_findings(findings);
        printf(",\"read\":[");
        for (i = 0; i < many; i++) {
            NEED(gongkai_report_findings(reports[i], &read));
            if (i)
                putchar(',');
            put_findings(read);
        }
        printf("]}");
    }
    /* Findings need no report any more. */
    for (i = 0; i < many; i++)
        gongkai_report_free(reports[i]);
    if (gongkai_findings_count(findings) > 0) {
        const gongkai_finding *finding;
        NEED(gongkai_findings_at(findings, 0, &finding));
        NEED(gongkai_finding_text(finding, "code", NULL, NULL));
    }
    gongkai_findings_free(findings);
    return 0;
}
