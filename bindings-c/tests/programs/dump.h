/* Everything the library tells, as JSON: for programs whose output tests compare. */

#ifndef DUMP_H
#define DUMP_H

#include <gongkai.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A status that no test expects ends the program. */
#define NEED(call) need((call), #call, __LINE__)

static inline void need(int32_t status, const char *call, int line)
{
    if (status != GONGKAI_OK) {
        fprintf(stderr, "line %d: %s: %s\n", line, call, gongkai_status_name(status));
        exit(3);
    }
}

static inline void put_text(const char *text, size_t length)
{
    size_t i;
    if (text[length] != '\0') {
        fprintf(stderr, "no NUL after the text\n");
        exit(3);
    }
    putchar('"');
    for (i = 0; i < length; i++) {
        unsigned char byte = (unsigned char)text[i];
        if (byte == '"' || byte == '\\')
            printf("\\%c", byte);
        else if (byte < 0x20 || byte == 0x7f)
            printf("\\u%04x", byte);
        else
            putchar(byte);
    }
    putchar('"');
}

/* Text, or null where it is absent. */
static inline void put_maybe(int32_t status, const char *text, size_t length)
{
    if (status == GONGKAI_ABSENT) {
        printf("null");
        return;
    }
    NEED(status);
    put_text(text, length);
}

/* A comma before all members but the first. */
static inline void put_name(int *first, const char *name)
{
    printf("%s\"%s\":", *first ? "" : ",", name);
    *first = 0;
}

static inline void put_location(const gongkai_location *location)
{
    static const char *const names[] = {"block", "table", "row",   "column",
                                        "page",  "line",  "start", "end"};
    const char *text = NULL;
    size_t length = 0, i;
    uint32_t number;
    int32_t status;
    printf("{\"part\":");
    status = gongkai_location_part(location, &text, &length);
    put_maybe(status, text, length);
    for (i = 0; i < sizeof names / sizeof *names; i++) {
        status = gongkai_location_number(location, names[i], &number);
        if (status == GONGKAI_ABSENT) {
            printf(",\"%s\":null", names[i]);
        } else {
            NEED(status);
            printf(",\"%s\":%" PRIu32, names[i], number);
        }
    }
    NEED(gongkai_location_text(location, &text, &length));
    printf(",\"text\":");
    put_text(text, length);
    putchar('}');
}

static inline void put_fact(const gongkai_fact *fact)
{
    static const struct {
        const char *name;
        int32_t (*get)(const gongkai_fact *, const char **, size_t *);
    } texts[] = {
        {"id", gongkai_fact_id},           {"table", gongkai_fact_table},
        {"row", gongkai_fact_row},         {"column", gongkai_fact_column},
        {"edition", gongkai_fact_edition}, {"value", gongkai_fact_value},
        {"unit", gongkai_fact_unit},       {"form_unit", gongkai_fact_form_unit},
        {"text", gongkai_fact_text},
    };
    const gongkai_location *location;
    const char *text = NULL;
    size_t length = 0, i;
    int32_t status, kind;
    int64_t integer;
    double real;
    putchar('{');
    for (i = 0; i < sizeof texts / sizeof *texts; i++) {
        printf("\"%s\":", texts[i].name);
        status = texts[i].get(fact, &text, &length);
        put_maybe(status, text, length);
        putchar(',');
    }
    NEED(gongkai_fact_status(fact, &kind));
    printf("\"status\":%" PRId32 ",", kind);
    status = gongkai_fact_int64(fact, &integer);
    if (status == GONGKAI_OK)
        printf("\"int64\":%" PRId64 ",", integer);
    else
        printf("\"int64\":\"%s\",", gongkai_status_name(status));
    status = gongkai_fact_double(fact, &real);
    if (status == GONGKAI_OK)
        printf("\"double\":%.17g,", real);
    else
        printf("\"double\":\"%s\",", gongkai_status_name(status));
    NEED(gongkai_fact_location(fact, &location));
    printf("\"location\":");
    put_location(location);
    putchar('}');
}

static inline void put_suggestion(const gongkai_suggestion *suggestion)
{
    static const char *const names[] = {"fact", "value", "least", "greatest", "code"};
    const char *text = NULL;
    size_t length = 0, i;
    int32_t status;
    putchar('{');
    for (i = 0; i < sizeof names / sizeof *names; i++) {
        printf("\"%s\":", names[i]);
        status = gongkai_suggestion_text(suggestion, names[i], &text, &length);
        put_maybe(status, text, length);
        putchar(',');
    }
    NEED(gongkai_suggestion_reason(suggestion, GONGKAI_ZH, &text, &length));
    printf("\"zh\":");
    put_text(text, length);
    NEED(gongkai_suggestion_reason(suggestion, GONGKAI_EN, &text, &length));
    printf(",\"en\":");
    put_text(text, length);
    putchar('}');
}

static inline void put_finding(const gongkai_finding *finding)
{
    static const char *const names[] = {"code",       "fingerprint",   "expected",     "actual",
                                        "quote",      "group",         "waived_by",    "waived_when",
                                        "waived_why", "regraded_from", "regraded_why", "baseline"};
    const gongkai_location *location;
    const gongkai_suggestion *suggestion;
    const char *text = NULL;
    size_t length = 0, i;
    int32_t status, number;
    uint32_t report;
    putchar('{');
    for (i = 0; i < sizeof names / sizeof *names; i++) {
        printf("\"%s\":", names[i]);
        status = gongkai_finding_text(finding, names[i], &text, &length);
        put_maybe(status, text, length);
        putchar(',');
    }
    NEED(gongkai_finding_message(finding, GONGKAI_ZH, &text, &length));
    printf("\"zh\":");
    put_text(text, length);
    NEED(gongkai_finding_message(finding, GONGKAI_EN, &text, &length));
    printf(",\"en\":");
    put_text(text, length);
    NEED(gongkai_finding_severity(finding, &number));
    printf(",\"severity\":%" PRId32, number);
    NEED(gongkai_finding_verdict(finding, &number));
    printf(",\"verdict\":%" PRId32, number);
    status = gongkai_finding_as_zero(finding, &number);
    if (status == GONGKAI_ABSENT)
        printf(",\"as_zero\":null");
    else {
        NEED(status);
        printf(",\"as_zero\":%" PRId32, number);
    }
    status = gongkai_finding_report(finding, &report);
    if (status == GONGKAI_ABSENT)
        printf(",\"report\":null");
    else {
        NEED(status);
        printf(",\"report\":%" PRIu32, report);
    }
    printf(",\"facts\":[");
    for (i = 0; (status = gongkai_finding_fact(finding, i, &text, &length)) == GONGKAI_OK; i++) {
        if (i)
            putchar(',');
        put_text(text, length);
    }
    printf("],\"locations\":[");
    for (i = 0; (status = gongkai_finding_location(finding, i, &location)) == GONGKAI_OK; i++) {
        if (i)
            putchar(',');
        put_location(location);
    }
    printf("],\"suggestions\":[");
    for (i = 0; (status = gongkai_finding_suggestion(finding, i, &suggestion)) == GONGKAI_OK; i++) {
        if (i)
            putchar(',');
        put_suggestion(suggestion);
    }
    printf("]}");
}

static inline void put_findings(const gongkai_findings *findings)
{
    const gongkai_finding *finding;
    size_t i, count = gongkai_findings_count(findings);
    putchar('[');
    for (i = 0; i < count; i++) {
        if (i)
            putchar(',');
        NEED(gongkai_findings_at(findings, i, &finding));
        put_finding(finding);
    }
    putchar(']');
}

static inline void put_paragraph(const gongkai_paragraph *paragraph)
{
    const gongkai_location *location;
    const char *text;
    size_t length;
    NEED(gongkai_paragraph_text(paragraph, &text, &length));
    NEED(gongkai_paragraph_location(paragraph, &location));
    printf("{\"text\":");
    put_text(text, length);
    printf(",\"location\":");
    put_location(location);
    putchar('}');
}

static inline void put_section(const gongkai_section *section)
{
    const gongkai_location *location;
    const gongkai_paragraph *paragraph;
    const char *text;
    size_t length, i;
    NEED(gongkai_section_heading(section, &text, &length));
    NEED(gongkai_section_location(section, &location));
    printf("{\"heading\":");
    put_text(text, length);
    printf(",\"location\":");
    put_location(location);
    printf(",\"roles\":[");
    for (i = 0; gongkai_section_role(section, i, &text, &length) == GONGKAI_OK; i++) {
        if (i)
            putchar(',');
        put_text(text, length);
    }
    printf("],\"paragraphs\":[");
    for (i = 0; i < gongkai_section_paragraph_count(section); i++) {
        if (i)
            putchar(',');
        NEED(gongkai_section_paragraph(section, i, &paragraph));
        put_paragraph(paragraph);
    }
    printf("]}");
}

static inline void put_edition(const gongkai_edition *edition)
{
    const gongkai_location *location;
    const char *text = NULL;
    size_t length = 0;
    int32_t status;
    NEED(gongkai_edition_table(edition, &text, &length));
    printf("{\"table\":");
    put_text(text, length);
    NEED(gongkai_edition_block(edition, &text, &length));
    printf(",\"block\":");
    put_text(text, length);
    status = gongkai_edition_name(edition, &text, &length);
    printf(",\"edition\":");
    put_maybe(status, text, length);
    NEED(gongkai_edition_evidence(edition, &text, &length, &location));
    printf(",\"evidence\":");
    put_text(text, length);
    printf(",\"location\":");
    put_location(location);
    putchar('}');
}

static inline void put_bytes(const gongkai_bytes *bytes)
{
    const char *data;
    size_t length;
    NEED(gongkai_bytes_data(bytes, &data, &length));
    put_text(data, length);
}

static inline void put_error(const gongkai_error *error)
{
    const gongkai_location *location;
    const char *text;
    size_t length;
    printf("{\"status\":%" PRId32, gongkai_error_status(error));
    NEED(gongkai_error_code(error, &text, &length));
    printf(",\"code\":");
    put_text(text, length);
    NEED(gongkai_error_message(error, GONGKAI_ZH, &text, &length));
    printf(",\"zh\":");
    put_text(text, length);
    NEED(gongkai_error_message(error, GONGKAI_EN, &text, &length));
    printf(",\"en\":");
    put_text(text, length);
    printf(",\"location\":");
    if (gongkai_error_location(error, &location) == GONGKAI_OK)
        put_location(location);
    else
        printf("null");
    putchar('}');
}

/* A list of handles that a report lends. */
#define PUT_LIST(name, type, count, at, put)            \
    do {                                                \
        const type *item;                               \
        size_t i_;                                      \
        printf(",\"" name "\":[");                      \
        for (i_ = 0; i_ < count(report); i_++) {        \
            if (i_)                                     \
                putchar(',');                           \
            NEED(at(report, i_, &item));                \
            put(item);                                  \
        }                                               \
        if (at(report, i_, &item) != GONGKAI_ABSENT)    \
            exit(4);                                    \
        putchar(']');                                   \
    } while (0)

static inline void put_report(const gongkai_report *report)
{
    static const char *const names[] = {
        "title",      "agency",    "agency_level", "year",    "edition", "period_start",
        "period_end", "published", "signed",       "format",  "encoding", "document_number"};
    const gongkai_findings *found;
    const gongkai_location *location;
    gongkai_findings *findings;
    gongkai_bytes *bytes;
    const char *text = NULL;
    size_t length = 0, i;
    int32_t status, year;

    printf("{");
    for (i = 0; i < sizeof names / sizeof *names; i++) {
        status = gongkai_report_text(report, names[i], &text, &length);
        printf("\"%s\":", names[i]);
        put_maybe(status, text, length);
        printf(",\"%s evidence\":", names[i]);
        status = gongkai_report_evidence(report, names[i], &text, &length, &location);
        put_maybe(status, text, length);
        if (status == GONGKAI_OK) {
            printf(",\"%s location\":", names[i]);
            put_location(location);
        }
        putchar(',');
    }
    status = gongkai_report_year(report, &year);
    if (status == GONGKAI_OK)
        printf("\"year number\":%" PRId32, year);
    else
        printf("\"year number\":\"%s\"", gongkai_status_name(status));

    PUT_LIST("preamble", gongkai_paragraph, gongkai_report_preamble_count, gongkai_report_preamble,
             put_paragraph);
    PUT_LIST("sections", gongkai_section, gongkai_report_section_count, gongkai_report_section,
             put_section);
    PUT_LIST("closing", gongkai_paragraph, gongkai_report_closing_count, gongkai_report_closing,
             put_paragraph);
    PUT_LIST("editions", gongkai_edition, gongkai_report_edition_count, gongkai_report_edition,
             put_edition);
    PUT_LIST("facts", gongkai_fact, gongkai_report_fact_count, gongkai_report_fact_at, put_fact);
    PUT_LIST("subtotals", gongkai_fact, gongkai_report_subtotal_count, gongkai_report_subtotal_at,
             put_fact);

    NEED(gongkai_report_findings(report, &found));
    printf(",\"findings\":");
    put_findings(found);
    NEED(gongkai_check(report, NULL, &findings, NULL));
    printf(",\"checked\":");
    put_findings(findings);
    gongkai_findings_free(findings);
    NEED(gongkai_report_to_json(report, &bytes, NULL));
    printf(",\"json\":");
    put_bytes(bytes);
    gongkai_bytes_free(bytes);
    putchar('}');
}

#endif
