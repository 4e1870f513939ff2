/* threads FILE: eight threads ask one report for everything at the same time, from its first
 * use on; each must be told the same. */

/* Of POSIX, which C99 alone does not have. */
#define _POSIX_C_SOURCE 200809L

#include <gongkai.h>

#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define THREADS 8
#define ROUNDS 20

static const gongkai_report *shared;
static const gongkai_check_options *checks;
static pthread_barrier_t start;

/* FNV-1a of all that was told. */
static void add(uint64_t *hash, const void *data, size_t length)
{
    const unsigned char *bytes = (const unsigned char *)data;
    size_t i;
    for (i = 0; i < length; i++)
        *hash = (*hash ^ bytes[i]) * UINT64_C(1099511628211);
}

static void add_status(uint64_t *hash, int32_t status, const char *text, size_t length)
{
    add(hash, &status, sizeof status);
    if (status == GONGKAI_OK)
        add(hash, text, length);
}

static void add_findings(uint64_t *hash, const gongkai_findings *findings)
{
    size_t i, j, length = 0, count = gongkai_findings_count(findings);
    const char *text = NULL;
    for (i = 0; i < count; i++) {
        const gongkai_finding *finding;
        const gongkai_location *location;
        int32_t status = gongkai_findings_at(findings, i, &finding);
        status |= gongkai_finding_message(finding, GONGKAI_ZH, &text, &length);
        add_status(hash, status, text, length);
        status = gongkai_finding_text(finding, "fingerprint", &text, &length);
        add_status(hash, status, text, length);
        for (j = 0; gongkai_finding_location(finding, j, &location) == GONGKAI_OK; j++) {
            status = gongkai_location_text(location, &text, &length);
            add_status(hash, status, text, length);
        }
    }
}

static void add_stream(uint64_t *hash, const char *table)
{
    struct ArrowArrayStream stream;
    struct ArrowSchema schema;
    struct ArrowArray array;
    int32_t status = gongkai_report_export_arrow(shared, NULL, table, "a", &stream, NULL);
    add(hash, &status, sizeof status);
    if (status != GONGKAI_OK)
        return;
    if (stream.get_schema(&stream, &schema) == 0) {
        add(hash, &schema.n_children, sizeof schema.n_children);
        schema.release(&schema);
    }
    while (stream.get_next(&stream, &array) == 0 && array.release != NULL) {
        add(hash, &array.length, sizeof array.length);
        array.release(&array);
    }
    stream.release(&stream);
}

static void *ask(void *result)
{
    static const char *const names[] = {"title",     "agency", "agency_level", "year",
                                        "edition",   "signed", "published",    "period_start",
                                        "period_end", "format", "encoding",    "document_number"};
    uint64_t hash = UINT64_C(14695981039346656037);
    const char *text = NULL;
    size_t i, j, length = 0;
    int round;
    pthread_barrier_wait(&start);
    for (round = 0; round < ROUNDS; round++) {
        const gongkai_findings *found;
        gongkai_findings *findings;
        gongkai_bytes *bytes;
        int32_t status, year = 0;
        for (i = 0; i < sizeof names / sizeof *names; i++) {
            const gongkai_location *location;
            status = gongkai_report_text(shared, names[i], &text, &length);
            add_status(&hash, status, text, length);
            status = gongkai_report_evidence(shared, names[i], &text, &length, &location);
            add_status(&hash, status, text, length);
        }
        gongkai_report_year(shared, &year);
        add(&hash, &year, sizeof year);
        for (i = 0; i < gongkai_report_fact_count(shared); i++) {
            const gongkai_fact *fact, *same;
            const gongkai_location *location;
            int64_t value = 0;
            gongkai_report_fact_at(shared, i, &fact);
            status = gongkai_fact_value(fact, &text, &length);
            add_status(&hash, status, text, length);
            gongkai_fact_int64(fact, &value);
            add(&hash, &value, sizeof value);
            gongkai_fact_id(fact, &text, NULL);
            if (gongkai_report_fact(shared, text, &same) != GONGKAI_OK || same != fact)
                return NULL;
            gongkai_fact_location(fact, &location);
            status = gongkai_location_text(location, &text, &length);
            add_status(&hash, status, text, length);
        }
        for (i = 0; i < gongkai_report_section_count(shared); i++) {
            const gongkai_section *section;
            const gongkai_paragraph *paragraph;
            gongkai_report_section(shared, i, &section);
            for (j = 0; gongkai_section_paragraph(section, j, &paragraph) == GONGKAI_OK; j++) {
                status = gongkai_paragraph_text(paragraph, &text, &length);
                add_status(&hash, status, text, length);
            }
        }
        gongkai_report_findings(shared, &found);
        add_findings(&hash, found);
        if (gongkai_check_all(shared, checks, &findings, NULL) != GONGKAI_OK)
            return NULL;
        add_findings(&hash, findings);
        gongkai_findings_free(findings);
        if (gongkai_report_to_json(shared, &bytes, NULL) != GONGKAI_OK)
            return NULL;
        status = gongkai_bytes_data(bytes, &text, &length);
        add_status(&hash, status, text, length);
        gongkai_bytes_free(bytes);
        add_stream(&hash, "facts");
        add_stream(&hash, "findings");
    }
    *(uint64_t *)result = hash;
    return result;
}

int main(int count, char **words)
{
    pthread_t threads[THREADS];
    uint64_t results[THREADS];
    gongkai_check_options *options = gongkai_check_options_new();
    gongkai_report *report;
    int i;
    if (count != 2 || gongkai_parse_file(words[1], NULL, &report, NULL) != GONGKAI_OK)
        return 2;
    shared = report;
    checks = options;
    pthread_barrier_init(&start, NULL, THREADS);
    for (i = 0; i < THREADS; i++)
        pthread_create(&threads[i], NULL, ask, &results[i]);
    for (i = 0; i < THREADS; i++) {
        void *done = NULL;
        pthread_join(threads[i], &done);
        if (done == NULL)
            return 3;
    }
    for (i = 1; i < THREADS; i++)
        if (results[i] != results[0])
            return 4;
    gongkai_report_free(report);
    gongkai_check_options_free(options);
    return 0;
}
