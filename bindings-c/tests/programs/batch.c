/* batch THREADS CHECKED CANCEL FILE...: many documents, every other one from memory; CANCEL
 * is the call of the progress that ends the work, 0 for none. Writes all of it as JSON. */

#include "dump.h"

struct watched {
    size_t calls, done, total, failed, cancel;
    int backwards;
};

static int32_t watch(size_t done, size_t total, size_t failed, void *user)
{
    struct watched *watched = (struct watched *)user;
    watched->calls++;
    watched->backwards |= done < watched->done || failed < watched->failed || done > total;
    watched->done = done;
    watched->total = total;
    watched->failed = failed;
    return watched->calls == watched->cancel;
}

static void add(gongkai_sources *sources, const char *path, int from_memory)
{
    static uint8_t data[16 << 20];
    FILE *file;
    size_t length;
    if (!from_memory) {
        NEED(gongkai_sources_add_file(sources, path, NULL));
        return;
    }
    file = fopen(path, "rb");
    if (file == NULL)
        exit(2);
    length = fread(data, 1, sizeof data, file);
    fclose(file);
    NEED(gongkai_sources_add_bytes(sources, path, data, length, NULL));
    /* They were copied. */
    memset(data, 0xA5, length);
}

int main(int count, char **words)
{
    struct watched watched = {0, 0, 0, 0, 0, 0};
    gongkai_sources *sources = gongkai_sources_new();
    gongkai_check_options *checks = atoi(words[2]) ? gongkai_check_options_new() : NULL;
    gongkai_batch *batch = NULL;
    gongkai_error *error = NULL;
    int32_t status;
    size_t i;
    int at;

    watched.cancel = (size_t)atoi(words[3]);
    for (at = 4; at < count; at++)
        add(sources, words[at], at % 2);
    status = gongkai_parse_many(sources, NULL, checks, (size_t)atoi(words[1]), watch, &watched,
                                &batch, &error);
    gongkai_sources_free(sources);
    gongkai_check_options_free(checks);
    if (status != GONGKAI_OK) {
        put_error(error);
        gongkai_error_free(error);
        return 0;
    }
    printf("{\"calls\":%d,\"done\":%d,\"total\":%d,\"failed\":%d,\"backwards\":%d,\"items\":[",
           (int)watched.calls, (int)watched.done, (int)watched.total, (int)watched.failed,
           watched.backwards);
    for (i = 0; i < gongkai_batch_count(batch); i++) {
        gongkai_report *report = NULL;
        gongkai_findings *findings = NULL;
        const gongkai_error *lent;
        gongkai_bytes *bytes;
        const char *text;
        size_t length;
        if (i)
            putchar(',');
        NEED(gongkai_batch_source(batch, i, &text, &length));
        printf("{\"source\":");
        put_text(text, length);
        if (gongkai_batch_error(batch, i, &lent) == GONGKAI_OK) {
            if (gongkai_batch_report(batch, i, &report, &error) != GONGKAI_ABSENT
                || gongkai_batch_findings(batch, i, &findings, &error) != GONGKAI_ABSENT)
                return 4;
            printf(",\"error\":");
            put_error(lent);
        } else {
            NEED(gongkai_batch_report(batch, i, &report, &error));
            NEED(gongkai_batch_findings(batch, i, &findings, &error));
            NEED(gongkai_report_to_json(report, &bytes, &error));
            printf(",\"json\":");
            put_bytes(bytes);
            printf(",\"findings\":");
            put_findings(findings);
            gongkai_bytes_free(bytes);
            gongkai_findings_free(findings);
            gongkai_report_free(report);
        }
        putchar('}');
    }
    printf("]}");
    gongkai_batch_free(batch);
    return 0;
}
