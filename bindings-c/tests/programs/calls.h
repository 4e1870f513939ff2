/* What the generated calls of test_calls.py take: one handle of each type. */

#include "dump.h"

static gongkai_report *a_report;
static gongkai_report *other_report;
static const gongkai_report *reports[2];
static const gongkai_fact *a_fact;
static const gongkai_section *a_section;
static const gongkai_paragraph *a_paragraph;
static const gongkai_edition *a_edition;
static const gongkai_location *a_location;
static gongkai_findings *a_findings;
static const gongkai_finding *a_finding;
static const gongkai_suggestion *a_suggestion;
static gongkai_error *a_error;
static gongkai_options *a_options;
static gongkai_options *untouched;
static gongkai_check_options *a_check_options;
static gongkai_sources *a_sources;
static gongkai_batch *a_batch;
static gongkai_bytes *a_bytes;
static uint8_t document[1 << 20];
static size_t document_length;
static const char *json;
static size_t json_length;
static const char text[] = "abc";
static const size_t text_length = 3;
static const char waivers[] = "{\"schema_version\":1,\"waivers\":[]}";
static const size_t waivers_length = sizeof waivers - 1;
static int watched;

static int32_t watch(size_t done, size_t total, size_t failed, void *user)
{
    if (user != NULL)
        ++*(int *)user;
    return done > total || failed > done;
}

static void wrong(int number, int32_t status)
{
    printf("%d %d\n", number, (int)status);
}

static int is_poisoned(const void *data, size_t size)
{
    const unsigned char *bytes = (const unsigned char *)data;
    size_t i;
    for (i = 0; i < size; i++)
        if (bytes[i] != 0xA5)
            return 0;
    return 1;
}

static void set_up(void)
{
    FILE *file = fopen(REPORT, "rb");
    size_t i, j;
    document_length = fread(document, 1, sizeof document, file);
    fclose(file);
    NEED(gongkai_parse_file(REPORT, NULL, &a_report, NULL));
    NEED(gongkai_parse_file(REPORT, NULL, &other_report, NULL));
    reports[0] = a_report;
    reports[1] = other_report;
    NEED(gongkai_report_fact_at(a_report, 0, &a_fact));
    for (i = 0; a_paragraph == NULL; i++) {
        NEED(gongkai_report_section(a_report, i, &a_section));
        gongkai_section_paragraph(a_section, 0, &a_paragraph);
    }
    NEED(gongkai_report_edition(a_report, 0, &a_edition));
    NEED(gongkai_check(a_report, NULL, &a_findings, NULL));
    for (i = 0; a_suggestion == NULL; i++) {
        NEED(gongkai_findings_at(a_findings, i, &a_finding));
        for (j = 0; gongkai_finding_suggestion(a_finding, j, &a_suggestion) == GONGKAI_OK; j++)
            ;
    }
    NEED(gongkai_fact_location(a_fact, &a_location));
    if (gongkai_parse_file(BAD, NULL, &a_report, &a_error) == GONGKAI_OK)
        exit(5);
    a_options = gongkai_options_new();
    untouched = gongkai_options_new();
    a_check_options = gongkai_check_options_new();
    a_sources = gongkai_sources_new();
    NEED(gongkai_sources_add_file(a_sources, REPORT, NULL));
    NEED(gongkai_sources_add_file(a_sources, BAD, NULL));
    NEED(gongkai_parse_many(a_sources, NULL, NULL, 2, watch, &watched, &a_batch, NULL));
    NEED(gongkai_report_to_json(a_report, &a_bytes, NULL));
    NEED(gongkai_bytes_data(a_bytes, &json, &json_length));
}

static void tear_down(void)
{
    gongkai_report_free(a_report);
    gongkai_report_free(other_report);
    gongkai_findings_free(a_findings);
    gongkai_error_free(a_error);
    gongkai_options_free(a_options);
    gongkai_options_free(untouched);
    gongkai_check_options_free(a_check_options);
    gongkai_sources_free(a_sources);
    gongkai_batch_free(a_batch);
    gongkai_bytes_free(a_bytes);
}
