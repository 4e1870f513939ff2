/* sequence FILE...: runs each file as a program of calls. Fuzzing gives `gongkai_sequence`
 * its inputs; what it found is replayed from files.
 *
 * An input is a byte that counts the steps' bytes, those bytes, and a document. Every step
 * takes its handles, names and indices from its bytes, so that handles are used in any order,
 * NULL and indices past the last among them. Each text is read to its NUL. A panic inside the
 * library, a result that is written or left out against the status, ends the program. */

#include <gongkai.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int gongkai_sequence(const uint8_t *data, size_t size);

#define SLOTS 3
#define COUNT(list) (sizeof(list) / sizeof *(list))
#define FAIL() (fprintf(stderr, "%s:%d\n", __FILE__, __LINE__), abort())

static const uint8_t *steps, *document;
static size_t left, length;

static gongkai_report *reports[SLOTS];
static gongkai_findings *findings[SLOTS];
static gongkai_batch *batches[SLOTS];
static gongkai_sources *sources[SLOTS];
static gongkai_options *options[SLOTS];
static gongkai_check_options *checks[SLOTS];

static uint8_t byte(void)
{
    if (left == 0)
        return 0;
    left--;
    return *steps++;
}

/* Mostly among the first few, at times far beyond the last. */
static size_t place(void)
{
    uint8_t choice = byte();
    return choice < 128 ? choice % 4 : choice < 250 ? choice : choice < 253 ? SIZE_MAX : SIZE_MAX / 2 + choice;
}

static const char *among(const char *const *names, size_t count)
{
    size_t choice = byte() % (count + 2);
    return choice < count ? names[choice] : choice == count ? "no such name" : NULL;
}

#define NAME(...) \
    among((const char *const[]){__VA_ARGS__}, COUNT(((const char *const[]){__VA_ARGS__})))

/* A slot, or NULL in place of its handle. */
#define TAKE(slots) (byte() % 8 == 7 ? NULL : (slots)[byte() % SLOTS])

static void read_text(int32_t status, const char *text, size_t count)
{
    /* A copy reads every byte under the eyes of the sanitizer. */
    if (status == GONGKAI_OK) {
        char *copy = malloc(count + 1);
        if (copy == NULL)
            FAIL();
        memcpy(copy, text, count + 1);
        if (copy[count] != '\0')
            FAIL();
        free(copy);
    }
}

static int32_t known(int32_t status)
{
    if (status == GONGKAI_E_INTERNAL || gongkai_status_name(status) == NULL)
        FAIL();
    return status;
}

/* A getter of text, given all but its results. */
#define TEXT(call, ...)                                        \
    do {                                                       \
        const char *text = NULL;                               \
        size_t count = 0;                                      \
        int32_t status = known(call(__VA_ARGS__, &text, &count)); \
        read_text(status, text, count);                        \
    } while (0)

static void end_error(int32_t status, gongkai_error *error)
{
    const gongkai_location *location = NULL;
    if ((known(status) == GONGKAI_OK || status == GONGKAI_ABSENT) != (error == NULL))
        FAIL();
    if (error == NULL)
        return;
    if (gongkai_error_status(error) != status)
        FAIL();
    TEXT(gongkai_error_code, error);
    TEXT(gongkai_error_message, error, GONGKAI_EN);
    TEXT(gongkai_error_message, error, byte());
    known(gongkai_error_location(error, &location));
    gongkai_error_free(error);
}

/* A call that makes a handle, which takes the place of another. */
#define MAKE(slots, type, release, call)             \
    do {                                             \
        type *made = NULL;                           \
        gongkai_error *error = NULL;                 \
        int32_t status = call;                       \
        end_error(status, error);                    \
        if ((status == GONGKAI_OK) != (made != NULL)) \
            FAIL();                                  \
        if (made != NULL) {                          \
            type **slot = &(slots)[byte() % SLOTS];  \
            release(*slot);                          \
            *slot = made;                            \
        }                                            \
    } while (0)

#define SET(call)                    \
    do {                             \
        gongkai_error *error = NULL; \
        int32_t status = call;       \
        end_error(status, error);    \
    } while (0)

static void use_location(const gongkai_location *location)
{
    uint32_t number;
    known(gongkai_location_number(
        location, NAME("block", "table", "row", "column", "page", "line", "start", "end"), &number));
    TEXT(gongkai_location_part, location);
    TEXT(gongkai_location_text, location, byte() % 3);
}

static void use_fact(const gongkai_fact *fact)
{
    const gongkai_location *location = NULL;
    int32_t status;
    int64_t integer;
    double real;
    TEXT(gongkai_fact_id, fact);
    TEXT(gongkai_fact_table, fact);
    TEXT(gongkai_fact_row, fact);
    TEXT(gongkai_fact_column, fact);
    TEXT(gongkai_fact_edition, fact);
    TEXT(gongkai_fact_value, fact);
    TEXT(gongkai_fact_unit, fact);
    TEXT(gongkai_fact_form_unit, fact);
    TEXT(gongkai_fact_text, fact);
    if (known(gongkai_fact_status(fact, &status)) == GONGKAI_OK)
        gongkai_fact_status_name(status);
    known(gongkai_fact_int64(fact, &integer));
    known(gongkai_fact_double(fact, &real));
    known(gongkai_fact_location(fact, &location));
    use_location(location);
}

static void use_finding(const gongkai_finding *finding)
{
    const gongkai_location *location = NULL;
    const gongkai_suggestion *suggestion = NULL;
    int32_t number;
    uint32_t report;
    TEXT(gongkai_finding_text, finding,
         NAME("code", "fingerprint", "expected", "actual", "quote", "group", "waived_by", "waived_when",
              "waived_why", "regraded_from", "regraded_why", "baseline"));
    TEXT(gongkai_finding_message, finding, byte() % 3);
    TEXT(gongkai_finding_fact, finding, place());
    known(gongkai_finding_severity(finding, &number));
    known(gongkai_finding_verdict(finding, &number));
    known(gongkai_finding_stands(finding, &number));
    known(gongkai_finding_as_zero(finding, &number));
    known(gongkai_finding_report(finding, &report));
    if (known(gongkai_finding_location(finding, place(), &location)) == GONGKAI_OK)
        use_location(location);
    if (known(gongkai_finding_suggestion(finding, place(), &suggestion)) == GONGKAI_OK) {
        TEXT(gongkai_suggestion_text, suggestion, NAME("fact", "value", "least", "greatest", "code"));
        TEXT(gongkai_suggestion_reason, suggestion, byte() % 3);
    }
}

static void use_paragraph(const gongkai_paragraph *paragraph)
{
    const gongkai_location *location = NULL;
    TEXT(gongkai_paragraph_text, paragraph);
    if (known(gongkai_paragraph_location(paragraph, &location)) == GONGKAI_OK)
        use_location(location);
}

static void use_section(const gongkai_section *section)
{
    const gongkai_location *location = NULL;
    const gongkai_paragraph *paragraph = NULL;
    TEXT(gongkai_section_heading, section);
    TEXT(gongkai_section_role, section, place());
    if (known(gongkai_section_location(section, &location)) == GONGKAI_OK)
        use_location(location);
    if (gongkai_section_paragraph_count(section) > 0 && gongkai_section_paragraph(section, 0, NULL) != GONGKAI_OK)
        FAIL();
    if (known(gongkai_section_paragraph(section, place(), &paragraph)) == GONGKAI_OK)
        use_paragraph(paragraph);
}

static void use_edition(const gongkai_edition *edition)
{
    const gongkai_location *location = NULL;
    const char *text = NULL;
    size_t count = 0;
    int32_t status = known(gongkai_edition_evidence(edition, &text, &count, &location));
    read_text(status, text, count);
    TEXT(gongkai_edition_table, edition);
    TEXT(gongkai_edition_block, edition);
    TEXT(gongkai_edition_name, edition);
}

static void use_bytes(int32_t status, gongkai_bytes *bytes, gongkai_error *error)
{
    end_error(status, error);
    if ((status == GONGKAI_OK) != (bytes != NULL))
        FAIL();
    if (bytes != NULL)
        TEXT(gongkai_bytes_data, bytes);
    gongkai_bytes_free(bytes);
}

#define BYTES(call)                  \
    do {                             \
        gongkai_bytes *bytes = NULL; \
        gongkai_error *error = NULL; \
        int32_t status = call;       \
        use_bytes(status, bytes, error); \
    } while (0)

static void use_stream(int32_t status, struct ArrowArrayStream *stream, gongkai_error *error)
{
    end_error(status, error);
    if (status == GONGKAI_OK) {
        struct ArrowSchema schema;
        struct ArrowArray array;
        int turns = byte() % 3;
        if (stream->get_schema(stream, &schema) == 0)
            schema.release(&schema);
        while (turns-- > 0 && stream->get_next(stream, &array) == 0) {
            if (array.release == NULL)
                break;
            array.release(&array);
        }
        stream->release(stream);
    }
}

static int32_t progress(size_t done, size_t total, size_t failed, void *user)
{
    if (done > total || failed > done || user != (void *)&left)
        FAIL();
    return total > 0 && done > *(const uint8_t *)document;
}

#define TABLES "facts", "findings", "reports"

static void step(void)
{
    const gongkai_report *report = TAKE(reports);
    const gongkai_findings *found = TAKE(findings);
    switch (byte() % 24) {
    case 0:
        MAKE(reports, gongkai_report, gongkai_report_free,
             gongkai_parse_bytes(document, length, TAKE(options), &made, &error));
        break;
    case 1:
        MAKE(reports, gongkai_report, gongkai_report_free,
             gongkai_report_from_json((const char *)document, length, &made, &error));
        break;
    case 2: {
        gongkai_bytes *json = NULL;
        const char *text = NULL;
        size_t count = 0;
        if (known(gongkai_report_to_json(report, &json, NULL)) != GONGKAI_OK)
            break;
        gongkai_bytes_data(json, &text, &count);
        MAKE(reports, gongkai_report, gongkai_report_free,
             gongkai_report_from_json(text, byte() % 4 ? count : count / 2, &made, &error));
        gongkai_bytes_free(json);
        break;
    }
    case 3: {
        const char *name = NAME("title", "agency", "agency_level", "year", "period_start", "period_end",
                                "published", "signed", "document_number", "edition", "format", "encoding");
        const gongkai_location *location = NULL;
        const char *text = NULL;
        size_t count = 0;
        int32_t year, status = known(gongkai_report_evidence(report, name, &text, &count, &location));
        read_text(status, text, count);
        if (status == GONGKAI_OK)
            use_location(location);
        TEXT(gongkai_report_text, report, name);
        known(gongkai_report_year(report, &year));
        break;
    }
    case 4: {
        const gongkai_fact *fact = NULL;
        if (known(gongkai_report_fact_at(report, place(), &fact)) == GONGKAI_OK)
            use_fact(fact);
        if (known(gongkai_report_subtotal_at(report, place(), &fact)) == GONGKAI_OK)
            use_fact(fact);
        break;
    }
    case 5: {
        const gongkai_fact *fact = NULL;
        const char *text = NULL;
        size_t count = 0;
        if (gongkai_indicator_text(place(), NAME("id", "table", "row_label", "clause"), &text, &count) == 0 &&
            known(gongkai_report_fact(report, text, &fact)) == GONGKAI_OK)
            use_fact(fact);
        break;
    }
    case 6: {
        const gongkai_section *section = NULL;
        if (known(gongkai_report_section(report, place(), &section)) == GONGKAI_OK)
            use_section(section);
        break;
    }
    case 7: {
        const gongkai_paragraph *paragraph = NULL;
        const gongkai_edition *edition = NULL;
        if (known(gongkai_report_preamble(report, place(), &paragraph)) == GONGKAI_OK)
            use_paragraph(paragraph);
        if (known(gongkai_report_closing(report, place(), &paragraph)) == GONGKAI_OK)
            use_paragraph(paragraph);
        if (known(gongkai_report_edition(report, place(), &edition)) == GONGKAI_OK)
            use_edition(edition);
        break;
    }
    case 8: {
        const gongkai_findings *own = NULL;
        const gongkai_finding *finding = NULL;
        known(gongkai_report_findings(report, &own));
        if (known(gongkai_findings_at(own, place(), &finding)) == GONGKAI_OK)
            use_finding(finding);
        break;
    }
    case 9: {
        const gongkai_finding *finding = NULL;
        if (known(gongkai_findings_at(found, place(), &finding)) == GONGKAI_OK)
            use_finding(finding);
        break;
    }
    case 10: {
        gongkai_options **slot = &options[byte() % SLOTS];
        gongkai_options_free(*slot);
        *slot = byte() % 4 ? gongkai_options_new() : NULL;
        SET(gongkai_options_set_format(*slot, NAME("docx", "html", "text", "json"), &error));
        SET(gongkai_options_set_encoding(*slot, NAME("utf-8", "gb18030", "utf-16le"), &error));
        SET(gongkai_options_set_file_name(*slot, NAME("a.docx", "b", ""), &error));
        break;
    }
    case 11:
        SET(gongkai_options_set_limit(options[byte() % SLOTS],
                                      NAME("input_bytes", "items", "table_cells", "findings", "span", "text_bytes"),
                                      place(), &error));
        break;
    case 12: {
        gongkai_check_options **slot = &checks[byte() % SLOTS];
        gongkai_check_options_free(*slot);
        *slot = byte() % 4 ? gongkai_check_options_new() : NULL;
        SET(gongkai_check_options_set_severity(*slot, NAME("REQ-BALANCE", "VAL-UNREADABLE"), byte() % 4,
                                               NAME("why"), &error));
        SET(gongkai_check_options_add_trusted(*slot, NAME("requests.received.total"), &error));
        SET(gongkai_check_options_add_member(*slot, NAME("a", "b"), &error));
        SET(gongkai_check_options_set_waivers(*slot, (const char *)document, length, &error));
        break;
    }
    case 13:
        MAKE(findings, gongkai_findings, gongkai_findings_free,
             gongkai_check(report, TAKE(checks), &made, &error));
        break;
    case 14:
        MAKE(findings, gongkai_findings, gongkai_findings_free,
             gongkai_check_all(report, TAKE(checks), &made, &error));
        break;
    case 15: {
        const gongkai_report *all[SLOTS];
        size_t at, count = byte() % (SLOTS + 1);
        for (at = 0; at < SLOTS; at++)
            all[at] = TAKE(reports);
        if (byte() % 2)
            MAKE(findings, gongkai_findings, gongkai_findings_free,
                 gongkai_check_series(byte() % 8 ? all : NULL, count, TAKE(checks), &made, &error));
        else
            MAKE(findings, gongkai_findings, gongkai_findings_free,
                 gongkai_check_rollup(report, all, count, TAKE(checks), &made, &error));
        break;
    }
    case 16: {
        gongkai_sources **slot = &sources[byte() % SLOTS];
        if (*slot == NULL)
            *slot = gongkai_sources_new();
        SET(gongkai_sources_add_bytes(*slot, NAME("a", "b"), document, length, &error));
        SET(gongkai_sources_add_file(*slot, NAME("/no/such/file", ""), &error));
        break;
    }
    case 17:
        MAKE(batches, gongkai_batch, gongkai_batch_free,
             gongkai_parse_many(TAKE(sources), TAKE(options), TAKE(checks), 1, byte() % 2 ? progress : NULL,
                                (void *)&left, &made, &error));
        break;
    case 18: {
        const gongkai_batch *batch = TAKE(batches);
        const gongkai_error *own = NULL;
        size_t at = place();
        TEXT(gongkai_batch_source, batch, at);
        if (known(gongkai_batch_error(batch, at, &own)) == GONGKAI_OK)
            TEXT(gongkai_error_message, own, GONGKAI_ZH);
        MAKE(reports, gongkai_report, gongkai_report_free, gongkai_batch_report(batch, at, &made, &error));
        MAKE(findings, gongkai_findings, gongkai_findings_free,
             gongkai_batch_findings(batch, at, &made, &error));
        break;
    }
    case 19:
        BYTES(gongkai_report_write(report, found, NAME("csv", "jsonl", "text", "html"), NAME("a"), &bytes, &error));
        break;
    case 20:
        BYTES(gongkai_findings_write(found, report, NAME("json", "sarif", "text"), NAME("a"), byte() % 3, &bytes,
                                     &error));
        break;
    case 21: {
        struct ArrowArrayStream stream;
        gongkai_error *error = NULL;
        int32_t status;
        if (byte() % 2)
            status = gongkai_report_export_arrow(report, found, NAME(TABLES), NAME("a"), &stream, &error);
        else
            status = gongkai_batch_export_arrow(TAKE(batches), NAME(TABLES), &stream, &error);
        use_stream(status, &stream, error);
        break;
    }
    case 22:
        if (byte() % 2)
            BYTES(gongkai_gb18030_encode((const char *)document, length, &bytes, &error));
        else
            BYTES(gongkai_gb18030_decode((const char *)document, length, &bytes, &error));
        break;
    default: {
        size_t slot = byte() % SLOTS;
        switch (byte() % 4) {
        case 0: gongkai_report_free(reports[slot]); reports[slot] = NULL; break;
        case 1: gongkai_findings_free(findings[slot]); findings[slot] = NULL; break;
        case 2: gongkai_batch_free(batches[slot]); batches[slot] = NULL; break;
        default: gongkai_sources_free(sources[slot]); sources[slot] = NULL; break;
        }
    }
    }
}

int gongkai_sequence(const uint8_t *data, size_t size)
{
    size_t slot;
    if (size < 2)
        return 0;
    left = *data < size - 1 ? *data : size - 2;
    steps = data + 1;
    document = steps + left;
    length = size - 1 - left;
    while (left > 0)
        step();
    for (slot = 0; slot < SLOTS; slot++) {
        gongkai_options_free(options[slot]);
        gongkai_check_options_free(checks[slot]);
        gongkai_sources_free(sources[slot]);
        gongkai_batch_free(batches[slot]);
        gongkai_findings_free(findings[slot]);
        gongkai_report_free(reports[slot]);
        options[slot] = NULL;
        checks[slot] = NULL;
        sources[slot] = NULL;
        batches[slot] = NULL;
        findings[slot] = NULL;
        reports[slot] = NULL;
    }
    return 0;
}

#ifndef GONGKAI_FUZZED
int main(int count, char **words)
{
    int at;
    for (at = 1; at < count; at++) {
        FILE *file = fopen(words[at], "rb");
        long size;
        uint8_t *data;
        if (file == NULL || fseek(file, 0, SEEK_END) != 0 || (size = ftell(file)) < 0)
            return 2;
        rewind(file);
        /* Of its own size, so that one byte too many is seen. */
        data = malloc(size ? (size_t)size : 1);
        if (data == NULL || fread(data, 1, (size_t)size, file) != (size_t)size)
            return 2;
        fclose(file);
        fprintf(stdout, "%s\n", words[at]);
        gongkai_sequence(data, (size_t)size);
        free(data);
    }
    return 0;
}
#endif
