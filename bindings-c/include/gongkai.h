#ifndef GONGKAI_H
#define GONGKAI_H

#include <stddef.h>
#include <stdint.h>
/* Chinese open-government annual reports: bytes in, exact statistics out. The conventions
 * are in bindings-c/README.md; in short: handles are opaque; text that comes out is UTF-8
 * with a NUL after it, and lives as long as the handle it was asked of; results are the last
 * parameters, written only where the status is GONGKAI_OK, and NULL where they are not
 * wanted; a const handle may be used by any number of threads at once. */

#define GONGKAI_VERSION "0.1.0"
#define GONGKAI_VERSION_MAJOR 0
#define GONGKAI_VERSION_MINOR 1
#define GONGKAI_VERSION_PATCH 0
#define GONGKAI_VERSION_NUMBER 1000
#define GONGKAI_SCHEMA_VERSION 1
#define GONGKAI_TABLES_VERSION 1

#if defined(_WIN32) && !defined(GONGKAI_STATIC)
#define GONGKAI_API __declspec(dllimport)
#else
#define GONGKAI_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* The structures of the Arrow C data and stream interfaces: part of no library, the same in
 * every header that has them, and guarded by these names. */

#ifndef ARROW_C_DATA_INTERFACE
#define ARROW_C_DATA_INTERFACE

#define ARROW_FLAG_DICTIONARY_ORDERED 1
#define ARROW_FLAG_NULLABLE 2
#define ARROW_FLAG_MAP_KEYS_SORTED 4

struct ArrowSchema {
    const char *format;
    const char *name;
    const char *metadata;
    int64_t flags;
    int64_t n_children;
    struct ArrowSchema **children;
    struct ArrowSchema *dictionary;
    void (*release)(struct ArrowSchema *);
    void *private_data;
};

struct ArrowArray {
    int64_t length;
    int64_t null_count;
    int64_t offset;
    int64_t n_buffers;
    int64_t n_children;
    const void **buffers;
    struct ArrowArray **children;
    struct ArrowArray *dictionary;
    void (*release)(struct ArrowArray *);
    void *private_data;
};

#endif

#ifndef ARROW_C_STREAM_INTERFACE
#define ARROW_C_STREAM_INTERFACE

struct ArrowArrayStream {
    int (*get_schema)(struct ArrowArrayStream *, struct ArrowSchema *out);
    int (*get_next)(struct ArrowArrayStream *, struct ArrowArray *out);
    const char *(*get_last_error)(struct ArrowArrayStream *);
    void (*release)(struct ArrowArrayStream *);
    void *private_data;
};

#endif

#ifdef __cplusplus
}
#endif


/**
 * Number of the binary interface. It grows when a program built against an older header
 * would not run any more; the name of the shared library has it.
 */
#define GONGKAI_ABI_VERSION 1

/**
 * The oldest binary interface whose programs run with this library.
 */
#define GONGKAI_ABI_MIN_COMPATIBLE 1

/**
 * It worked, and the results are written.
 */
#define GONGKAI_OK 0

/**
 * No error: the document, or the form, does not say it. Nothing is written.
 */
#define GONGKAI_ABSENT 1

/**
 * The bytes are damaged, or are not a report.
 */
#define GONGKAI_E_INPUT 2

/**
 * A limit of the options was passed.
 */
#define GONGKAI_E_LIMIT 3

/**
 * The bytes may be a report, but in a form the library does not read.
 */
#define GONGKAI_E_UNSUPPORTED 4

/**
 * The call is wrong: a NULL, a name that does not exist, text that is not UTF-8, a number
 * that does not fit.
 */
#define GONGKAI_E_CALLER 5

/**
 * A file could not be read.
 */
#define GONGKAI_E_IO 6

/**
 * A fault of the library itself. The process is sound, the handles may be used and freed.
 */
#define GONGKAI_E_INTERNAL 7

/**
 * The caller's callback ended the work.
 */
#define GONGKAI_E_CANCELLED 8

/**
 * The value is there, but has no exact form of the type that was asked for.
 */
#define GONGKAI_E_INEXACT 9

/**
 * Chinese.
 */
#define GONGKAI_ZH 0

/**
 * English.
 */
#define GONGKAI_EN 1

/**
 * A number.
 */
#define GONGKAI_REPORTED 0

/**
 * An empty cell. It is not zero.
 */
#define GONGKAI_BLANK 1

/**
 * A mark that stands for "none": `/`, `—`, `-`, `无`.
 */
#define GONGKAI_NOT_APPLICABLE 2

/**
 * Something that is no number, or cannot be placed with certainty.
 */
#define GONGKAI_UNREADABLE 3

/**
 * Worth knowing; nothing is wrong with the numbers.
 */
#define GONGKAI_INFO 0

/**
 * Irregular; a person should look.
 */
#define GONGKAI_WARNING 1

/**
 * Something the form defines does not hold, or cells could not be read.
 */
#define GONGKAI_ERROR 2

/**
 * The statement does not hold.
 */
#define GONGKAI_FAILED 0

/**
 * A blank or missing cell forbids an answer.
 */
#define GONGKAI_UNKNOWN 1

/**
 * Reports of many documents, in the order they were added. It never changes, so that any
 * number of threads may use it at once.
 */
typedef struct gongkai_batch gongkai_batch;

/**
 * Which edition of the form a block of the statutory tables follows.
 */
typedef struct gongkai_edition gongkai_edition;

/**
 * Bytes that the library wrote, a NUL after them.
 */
typedef struct gongkai_bytes gongkai_bytes;

/**
 * How to check. Everything not set keeps its default, which is the catalogue as it stands.
 */
typedef struct gongkai_check_options gongkai_check_options;

/**
 * Why a call failed.
 */
typedef struct gongkai_error gongkai_error;

/**
 * One cell of a statutory table.
 */
typedef struct gongkai_fact gongkai_fact;

/**
 * One irregularity, with its place and evidence.
 */
typedef struct gongkai_finding gongkai_finding;

/**
 * A list of findings. It never changes, so that any number of threads may use it at once.
 */
typedef struct gongkai_findings gongkai_findings;

/**
 * Where something stands in the document.
 */
typedef struct gongkai_location gongkai_location;

/**
 * How to read a document. Everything not set keeps its default, which is to detect it.
 */
typedef struct gongkai_options gongkai_options;

/**
 * A paragraph of narrative.
 */
typedef struct gongkai_paragraph gongkai_paragraph;

/**
 * One report. It never changes, so that any number of threads may use it at once.
 */
typedef struct gongkai_report gongkai_report;

/**
 * A section of a report.
 */
typedef struct gongkai_section gongkai_section;

/**
 * Documents to be read together.
 */
typedef struct gongkai_sources gongkai_sources;

/**
 * A cell to look at, with the value that would mend it.
 */
typedef struct gongkai_suggestion gongkai_suggestion;

/**
 * Told how far the work is: documents done, documents in all, documents that failed, and
 * the caller's own pointer. Any result but 0 ends the work; that of the last call, when all
 * is done, has no effect. It is called on the thread that called `gongkai_parse_many`,
 * several times a second.
 */
typedef int32_t (*gongkai_progress)(size_t done, size_t total, size_t failed, void *user);

#ifdef __cplusplus
extern "C" {
#endif // __cplusplus

/**
 * Version of the library that runs, for example `0.1.0`. `GONGKAI_VERSION` is the version
 * of the header.
 *
 * Ownership: the text is static, NUL ends it.
 * Threads: any.
 * Errors: none.
 */
GONGKAI_API const char *gongkai_version(void);

/**
 * Version of the library that runs as one number, as `GONGKAI_VERSION_NUMBER`: major times
 * 1 000 000, plus minor times 1 000, plus patch.
 *
 * Ownership: nothing changes hands.
 * Threads: any.
 * Errors: none.
 */
GONGKAI_API uint32_t gongkai_version_number(void);

/**
 * Number of the binary interface of the library that runs, as `GONGKAI_ABI_VERSION`.
 *
 * Ownership: nothing changes hands.
 * Threads: any.
 * Errors: none.
 */
GONGKAI_API uint32_t gongkai_abi_version(void);

/**
 * The oldest binary interface whose programs run with this library, as
 * `GONGKAI_ABI_MIN_COMPATIBLE`.
 *
 * Ownership: nothing changes hands.
 * Threads: any.
 * Errors: none.
 */
GONGKAI_API uint32_t gongkai_abi_min_compatible(void);

/**
 * Version of the JSON form of reports, as `GONGKAI_SCHEMA_VERSION`.
 *
 * Ownership: nothing changes hands.
 * Threads: any.
 * Errors: none.
 */
GONGKAI_API uint32_t gongkai_schema_version(void);

/**
 * Version of the tables that Arrow streams carry, as `GONGKAI_TABLES_VERSION`.
 *
 * Ownership: nothing changes hands.
 * Threads: any.
 * Errors: none.
 */
GONGKAI_API uint32_t gongkai_tables_version(void);

/**
 * Name of a status in ASCII, for logs: `ok`, `absent`, `input`, `limit`, `unsupported`,
 * `caller`, `io`, `internal`, `cancelled`, `inexact`; `unknown` for any other number.
 *
 * Ownership: the text is static, NUL ends it.
 * Threads: any.
 * Errors: none.
 */
GONGKAI_API const char *gongkai_status_name(int32_t status);

/**
 * Status of the error: the same that the failed function returned.
 *
 * Ownership: nothing changes hands.
 * Threads: any.
 * Errors: `GONGKAI_E_CALLER` for a NULL error.
 */
GONGKAI_API int32_t gongkai_error_status(const gongkai_error *error);

/**
 * Stable identifier of the reason in ASCII, for example `not-a-report`. It never changes
 * its meaning; programs may compare it.
 *
 * Ownership: the text lives as long as `error`.
 * Threads: any.
 * Errors: `GONGKAI_E_CALLER` for a NULL error.
 */
GONGKAI_API
int32_t gongkai_error_code(const gongkai_error *error,
                           const char **text,
                           size_t *length);

/**
 * Message for people, without the place, in the language `GONGKAI_ZH` or `GONGKAI_EN`.
 *
 * Ownership: the text lives as long as `error`.
 * Threads: any.
 * Errors: `GONGKAI_E_CALLER` for a NULL error or another language.
 */
GONGKAI_API
int32_t gongkai_error_message(const gongkai_error *error,
                              int32_t language,
                              const char **text,
                              size_t *length);

/**
 * Place in the document that the error is about.
 *
 * Ownership: the place lives as long as `error`.
 * Threads: any.
 * Errors: `GONGKAI_ABSENT` where there is no place; `GONGKAI_E_CALLER` for NULL.
 */
GONGKAI_API int32_t gongkai_error_location(const gongkai_error *error, const gongkai_location **location);

/**
 * Frees an error.
 *
 * Ownership: takes `error`; NULL is allowed and does nothing.
 * Threads: any, once nobody else uses the error.
 * Errors: none.
 */
GONGKAI_API void gongkai_error_free(gongkai_error *error);

/**
 * One number of a place, by name; counts start at 1. What a carrier does not have is absent:
 * text has lines and no parts, a package has parts and no lines. The numbers are
 * `block` (ordinal of the paragraph or table in the body), `table` (in the document),
 * `row` and `column` (in the table), `page`, `line` (of the decoded text), and `start` and
 * `end` (half-open range of UTF-8 bytes in the decoded text, counted from 0).
 *
 * Ownership: nothing changes hands.
 * Threads: any.
 * Errors: `GONGKAI_ABSENT` where the place has no such number; `GONGKAI_E_CALLER` for NULL
 * or another name.
 */
GONGKAI_API
int32_t gongkai_location_number(const gongkai_location *location,
                                const char *name,
                                uint32_t *number);

/**
 * Name of the part inside a package, for example `word/document.xml`.
 *
 * Ownership: the text lives as long as `location`.
 * Threads: any.
 * Errors: `GONGKAI_ABSENT` for carriers without parts; `GONGKAI_E_CALLER` for NULL.
 */
GONGKAI_API
int32_t gongkai_location_part(const gongkai_location *location,
                              const char **text,
                              size_t *length);

/**
 * The place as people say it, in the language `GONGKAI_ZH` or `GONGKAI_EN`: the line where
 * the carrier has lines, else for example `第2表第5行第3列` or `table 2, row 5, column 3`.
 *
 * Ownership: the text lives as long as `location`.
 * Threads: any.
 * Errors: `GONGKAI_E_CALLER` for NULL or another language.
 */
GONGKAI_API
int32_t gongkai_location_text(const gongkai_location *location,
                              int32_t language,
                              const char **text,
                              size_t *length);

/**
 * Makes options that detect everything.
 *
 * Ownership: the caller frees the options with `gongkai_options_free`.
 * Threads: any.
 * Errors: none; never NULL.
 */
GONGKAI_API gongkai_options *gongkai_options_new(void);

/**
 * Sets the carrier format, by its name (`docx`, `doc`, `html`, `pdf`, `text`, …) or a file
 * name extension; NULL to detect it again.
 *
 * Ownership: `name` is copied.
 * Threads: one at a time for the same options.
 * Errors: `GONGKAI_E_CALLER` for NULL options or a format that no reader knows.
 */
GONGKAI_API
int32_t gongkai_options_set_format(gongkai_options *options,
                                   const char *name,
                                   gongkai_error **error);

/**
 * Name of the format that a reader knows by that name or file name extension, for example
 * `html` for `htm`. Programs that walk through folders ask it.
 *
 * Ownership: the text is static; `name` is not kept.
 * Threads: any.
 * Errors: `GONGKAI_ABSENT` where no reader knows it; `GONGKAI_E_CALLER` for NULL or a name
 * that is not UTF-8.
 */
GONGKAI_API int32_t gongkai_format_name(const char *name, const char **text, size_t *length);

/**
 * Sets the encoding of text and HTML, by a label of the WHATWG Encoding Standard, for
 * example `gb18030`; NULL to detect it again. A label that does not exist is an error of
 * the reading.
 *
 * Ownership: `label` is copied.
 * Threads: one at a time for the same options.
 * Errors: `GONGKAI_E_CALLER` for NULL options or a label that is not UTF-8.
 */
GONGKAI_API
int32_t gongkai_options_set_encoding(gongkai_options *options,
                                     const char *label,
                                     gongkai_error **error);

/**
 * Sets the name of the file the bytes come from; its extension is a hint where the bytes
 * leave the format open. NULL for no name. `gongkai_parse_file` takes the path by itself.
 *
 * Ownership: `name` is copied.
 * Threads: one at a time for the same options.
 * Errors: `GONGKAI_E_CALLER` for NULL options or a name that is not UTF-8.
 */
GONGKAI_API
int32_t gongkai_options_set_file_name(gongkai_options *options,
                                      const char *name,
                                      gongkai_error **error);

/**
 * Sets what a document may cost. A document that passes the limit gives
 * `GONGKAI_E_LIMIT`. The names and defaults: `input_bytes` 64 MiB, `entries` 10 000 (of a
 * package), `part_bytes` 64 MiB (inflated, one part), `total_bytes` 128 MiB (inflated, all
 * parts), `inflate_ratio` 1 000 (of parts above 1 MiB), `archive_bytes` 1 GiB (of all members of an
 * archive), `depth` 256 (of elements),
 * `elements` 8 000 000 (of a part), `namespaces` 128 (in scope), `items` 1 000 000
 * (paragraphs, cells, lines and nodes held), `span` 1 024 (columns or rows of a cell),
 * `table_cells` 200 000, `tables` 10 000, `nested_tables` 32, `text_bytes` 64 MiB,
 * `findings` 1 000.
 *
 * Ownership: `name` is not kept.
 * Threads: one at a time for the same options.
 * Errors: `GONGKAI_E_CALLER` for NULL or a limit that does not exist.
 */
GONGKAI_API
int32_t gongkai_options_set_limit(gongkai_options *options,
                                  const char *name,
                                  uint64_t limit,
                                  gongkai_error **error);

/**
 * Frees options.
 *
 * Ownership: takes `options`; NULL is allowed and does nothing.
 * Threads: any, once nobody else uses the options.
 * Errors: none.
 */
GONGKAI_API void gongkai_options_free(gongkai_options *options);

/**
 * Reads a report from the bytes of a document. Format and encoding are detected, unless
 * the options set them.
 *
 * Ownership: `data` is not kept; the caller frees `report` with `gongkai_report_free`.
 * Threads: any; the same options may serve several calls at once.
 * Errors: `GONGKAI_E_INPUT`, `GONGKAI_E_LIMIT` and `GONGKAI_E_UNSUPPORTED` where no report
 * can exist at all, whatever else is irregular is a finding; `GONGKAI_E_CALLER` for NULL.
 */
GONGKAI_API
int32_t gongkai_parse_bytes(const uint8_t *data,
                            size_t length,
                            const gongkai_options *options,
                            gongkai_report **report,
                            gongkai_error **error);

/**
 * Reads a report from a regular file. The path is the bytes that the system takes for it;
 * on Windows, UTF-8. Its extension is a hint where the bytes leave the format open.
 *
 * Ownership: `path` is not kept; the caller frees `report` with `gongkai_report_free`.
 * Threads: any; the same options may serve several calls at once.
 * Errors: as `gongkai_parse_bytes`, and `GONGKAI_E_IO` with the code `missing`, `folder`,
 * `not-a-file` or `io`.
 */
GONGKAI_API
int32_t gongkai_parse_file(const char *path,
                           const gongkai_options *options,
                           gongkai_report **report,
                           gongkai_error **error);

/**
 * Reads back what `gongkai_report_to_json` wrote.
 *
 * Ownership: `json` is not kept; the caller frees `report` with `gongkai_report_free`.
 * Threads: any.
 * Errors: `GONGKAI_E_CALLER` with the code `json` where it is no such JSON, and for NULL or
 * text that is not UTF-8.
 */
GONGKAI_API
int32_t gongkai_report_from_json(const char *json,
                                 size_t length,
                                 gongkai_report **report,
                                 gongkai_error **error);

/**
 * Frees a report, and with it all that was borrowed from it.
 *
 * Ownership: takes `report`; NULL is allowed and does nothing.
 * Threads: any, once nobody else uses the report.
 * Errors: none.
 */
GONGKAI_API void gongkai_report_free(gongkai_report *report);

/**
 * The year reported on.
 *
 * Ownership: nothing changes hands.
 * Threads: any.
 * Errors: `GONGKAI_ABSENT` where the document does not tell; `GONGKAI_E_CALLER` for NULL.
 */
GONGKAI_API int32_t gongkai_report_year(const gongkai_report *report, int32_t *year);

/**
 * One of the texts that describe the report as a whole, by name. As printed: `title`
 * (lines joined), `agency` (the organ that reports), `document_number`. Days as
 * `2024-01-31`: `period_start`, `period_end` (of what the numbers cover), `published`,
 * `signed`. Others: `year`, `agency_level` (`province`, `prefecture`, `county` or
 * `township`), `edition` (of the form, where all blocks agree on one), `format` (the
 * carrier), `encoding` (of carriers that are text).
 *
 * Ownership: the text lives as long as `report`.
 * Threads: any.
 * Errors: `GONGKAI_ABSENT` where the document does not say it; `GONGKAI_E_CALLER` for NULL
 * or another name.
 */
GONGKAI_API
int32_t gongkai_report_text(const gongkai_report *report,
                            const char *name,
                            const char **text,
                            size_t *length);

/**
 * Where such a text comes from: the printed words it was taken or inferred from, and
 * their place. The names are those of `gongkai_report_text`.
 *
 * Ownership: text and place live as long as `report`.
 * Threads: any.
 * Errors: `GONGKAI_ABSENT` where the document does not say it, and for `format`,
 * `encoding`, `agency_level` and `edition`, which have no words of their own;
 * `GONGKAI_E_CALLER` for NULL or another name.
 */
GONGKAI_API
int32_t gongkai_report_evidence(const gongkai_report *report,
                                const char *name,
                                const char **text,
                                size_t *length,
                                const gongkai_location **location);

/**
 * What the reader found irregular in the document. The checks' findings come from
 * `gongkai_check`.
 *
 * Ownership: the findings live as long as `report`, and are not freed.
 * Threads: any.
 * Errors: `GONGKAI_E_CALLER` for NULL.
 */
GONGKAI_API
int32_t gongkai_report_findings(const gongkai_report *report,
                                const gongkai_findings **findings);

/**
 * Number of facts: of the cells that the document prints.
 *
 * Ownership: nothing changes hands.
 * Threads: any.
 * Errors: 0 for NULL.
 */
GONGKAI_API size_t gongkai_report_fact_count(const gongkai_report *report);

/**
 * One fact in the order of the form, counted from 0.
 *
 * Ownership: the fact lives as long as `report`.
 * Threads: any.
 * Errors: `GONGKAI_ABSENT` past the last; `GONGKAI_E_CALLER` for NULL.
 */
GONGKAI_API
int32_t gongkai_report_fact_at(const gongkai_report *report,
                               size_t index,
                               const gongkai_fact **fact);

/**
 * The fact of an id, for example `requests.received.total`.
 *
 * Ownership: the fact lives as long as `report`.
 * Threads: any.
 * Errors: `GONGKAI_ABSENT` where the document does not print the cell, and for an id that
 * no form has; `GONGKAI_E_CALLER` for NULL.
 */
GONGKAI_API
int32_t gongkai_report_fact(const gongkai_report *report,
                            const char *id,
                            const gongkai_fact **fact);

/**
 * Number of values that the report prints for groups of rows, for example
 * `requests.denied`. The form has no such cells, and they are in no sum.
 *
 * Ownership: nothing changes hands.
 * Threads: any.
 * Errors: 0 for NULL.
 */
GONGKAI_API size_t gongkai_report_subtotal_count(const gongkai_report *report);

/**
 * One value of a group of rows, counted from 0.
 *
 * Ownership: the fact lives as long as `report`.
 * Threads: any.
 * Errors: `GONGKAI_ABSENT` past the last; `GONGKAI_E_CALLER` for NULL.
 */
GONGKAI_API
int32_t gongkai_report_subtotal_at(const gongkai_report *report,
                                   size_t index,
                                   const gongkai_fact **fact);

/**
 * What kind of cell it is: `GONGKAI_REPORTED`, `GONGKAI_BLANK`, `GONGKAI_NOT_APPLICABLE`
 * or `GONGKAI_UNREADABLE`. Only a reported cell has a value.
 *
 * Ownership: nothing changes hands.
 * Threads: any.
 * Errors: `GONGKAI_E_CALLER` for NULL.
 */
GONGKAI_API int32_t gongkai_fact_status(const gongkai_fact *fact, int32_t *status);

/**
 * Name of a fact's status in ASCII: `reported`, `blank`, `not_applicable`, `unreadable`;
 * `unknown` for any other number.
 *
 * Ownership: the text is static, NUL ends it.
 * Threads: any.
 * Errors: none.
 */
GONGKAI_API const char *gongkai_fact_status_name(int32_t status);

/**
 * The number as decimal text, exactly as printed: `0.50` keeps its zero; no separators, no
 * exponent.
 *
 * Ownership: the text lives as long as the report.
 * Threads: any.
 * Errors: `GONGKAI_ABSENT` unless the status is `GONGKAI_REPORTED`; `GONGKAI_E_CALLER` for
 * NULL.
 */
GONGKAI_API
int32_t gongkai_fact_value(const gongkai_fact *fact,
                           const char **text,
                           size_t *length);

/**
 * The number as an integer.
 *
 * Ownership: nothing changes hands.
 * Threads: any.
 * Errors: `GONGKAI_ABSENT` unless the status is `GONGKAI_REPORTED`; `GONGKAI_E_INEXACT` for
 * a fraction or a number that 64 bits do not hold; `GONGKAI_E_CALLER` for NULL.
 */
GONGKAI_API int32_t gongkai_fact_int64(const gongkai_fact *fact, int64_t *value);

/**
 * The number as the nearest double. Amounts of money are seldom exact in it: sums belong
 * to the decimal text.
 *
 * Ownership: nothing changes hands.
 * Threads: any.
 * Errors: `GONGKAI_ABSENT` unless the status is `GONGKAI_REPORTED`; `GONGKAI_E_CALLER` for
 * NULL.
 */
GONGKAI_API int32_t gongkai_fact_double(const gongkai_fact *fact, double *value);

/**
 * Id of the fact: table, row and column with points between them.
 *
 * Ownership: the text lives as long as the report.
 * Threads: any.
 * Errors: `GONGKAI_E_CALLER` for NULL.
 */
GONGKAI_API
int32_t gongkai_fact_id(const gongkai_fact *fact,
                        const char **text,
                        size_t *length);

/**
 * Table of the fact: `proactive`, `requests` or `review`.
 *
 * Ownership: the text lives as long as the report.
 * Threads: any.
 * Errors: `GONGKAI_E_CALLER` for NULL.
 */
GONGKAI_API
int32_t gongkai_fact_table(const gongkai_fact *fact,
                           const char **text,
                           size_t *length);

/**
 * Row of the fact, for example `denied.state_secret`. A row that the form does not name,
 * but the report prints under a named one, is `other_services/` and its printed label.
 *
 * Ownership: the text lives as long as the report.
 * Threads: any.
 * Errors: `GONGKAI_E_CALLER` for NULL.
 */
GONGKAI_API
int32_t gongkai_fact_row(const gongkai_fact *fact,
                         const char **text,
                         size_t *length);

/**
 * Column of the fact, for example `natural_person`.
 *
 * Ownership: the text lives as long as the report.
 * Threads: any.
 * Errors: `GONGKAI_E_CALLER` for NULL.
 */
GONGKAI_API
int32_t gongkai_fact_column(const gongkai_fact *fact,
                            const char **text,
                            size_t *length);

/**
 * Edition of the block the cell stands in, named by its year of issue.
 *
 * Ownership: the text lives as long as the report.
 * Threads: any.
 * Errors: `GONGKAI_ABSENT` where nothing decides; `GONGKAI_E_CALLER` for NULL.
 */
GONGKAI_API
int32_t gongkai_fact_edition(const gongkai_fact *fact,
                             const char **text,
                             size_t *length);

/**
 * Unit printed in the cell or its header: `件`, `项`, `万元` or `元`.
 *
 * Ownership: the text lives as long as the report.
 * Threads: any.
 * Errors: `GONGKAI_ABSENT` where none is printed; `GONGKAI_E_CALLER` for NULL.
 */
GONGKAI_API
int32_t gongkai_fact_unit(const gongkai_fact *fact,
                          const char **text,
                          size_t *length);

/**
 * Unit that the form means for this cell, whatever is printed.
 *
 * Ownership: the text lives as long as the report.
 * Threads: any.
 * Errors: `GONGKAI_ABSENT` where the form has none; `GONGKAI_E_CALLER` for NULL.
 */
GONGKAI_API
int32_t gongkai_fact_form_unit(const gongkai_fact *fact,
                               const char **text,
                               size_t *length);

/**
 * The cell's own characters. For a row whose values cannot be placed: all of them,
 * separated by TAB.
 *
 * Ownership: the text lives as long as the report.
 * Threads: any.
 * Errors: `GONGKAI_E_CALLER` for NULL.
 */
GONGKAI_API
int32_t gongkai_fact_text(const gongkai_fact *fact,
                          const char **text,
                          size_t *length);

/**
 * Where the cell stands.
 *
 * Ownership: the place lives as long as the report.
 * Threads: any.
 * Errors: `GONGKAI_E_CALLER` for NULL.
 */
GONGKAI_API int32_t gongkai_fact_location(const gongkai_fact *fact, const gongkai_location **location);

/**
 * Number of cells that the editions of the form have.
 *
 * Ownership: nothing changes hands.
 * Threads: any.
 * Errors: 0 for a fault of the library itself.
 */
GONGKAI_API size_t gongkai_indicator_count(void);

/**
 * One of the texts about a cell of the form, counted from 0, edition by edition in the
 * order of the form. The names: `edition` (year of issue), `id` (that of its fact), `table`,
 * `row`, `column`, `row_label` and `column_label` (as the form prints them, groups first,
 * `·` between), `unit` (that the form means), `clause` (article of the Regulations).
 *
 * Ownership: the text is static.
 * Threads: any.
 * Errors: `GONGKAI_ABSENT` past the last, and where there is no such text;
 * `GONGKAI_E_CALLER` for NULL or another name.
 */
GONGKAI_API
int32_t gongkai_indicator_text(size_t index,
                               const char *name,
                               const char **text,
                               size_t *length);

/**
 * Number of sections, those that the form does not have included.
 *
 * Ownership: nothing changes hands.
 * Threads: any.
 * Errors: 0 for NULL.
 */
GONGKAI_API size_t gongkai_report_section_count(const gongkai_report *report);

/**
 * One section, in printed order, counted from 0.
 *
 * Ownership: the section lives as long as `report`.
 * Threads: any.
 * Errors: `GONGKAI_ABSENT` past the last; `GONGKAI_E_CALLER` for NULL.
 */
GONGKAI_API
int32_t gongkai_report_section(const gongkai_report *report,
                               size_t index,
                               const gongkai_section **section);

/**
 * Number of paragraphs before the first heading, the title left out.
 *
 * Ownership: nothing changes hands.
 * Threads: any.
 * Errors: 0 for NULL.
 */
GONGKAI_API size_t gongkai_report_preamble_count(const gongkai_report *report);

/**
 * One paragraph before the first heading, counted from 0.
 *
 * Ownership: the paragraph lives as long as `report`.
 * Threads: any.
 * Errors: `GONGKAI_ABSENT` past the last; `GONGKAI_E_CALLER` for NULL.
 */
GONGKAI_API
int32_t gongkai_report_preamble(const gongkai_report *report,
                                size_t index,
                                const gongkai_paragraph **paragraph);

/**
 * Number of lines under the report: signature and date.
 *
 * Ownership: nothing changes hands.
 * Threads: any.
 * Errors: 0 for NULL.
 */
GONGKAI_API size_t gongkai_report_closing_count(const gongkai_report *report);

/**
 * One line under the report, counted from 0.
 *
 * Ownership: the paragraph lives as long as `report`.
 * Threads: any.
 * Errors: `GONGKAI_ABSENT` past the last; `GONGKAI_E_CALLER` for NULL.
 */
GONGKAI_API
int32_t gongkai_report_closing(const gongkai_report *report,
                               size_t index,
                               const gongkai_paragraph **paragraph);

/**
 * Number of blocks of the statutory tables whose edition was looked for.
 *
 * Ownership: nothing changes hands.
 * Threads: any.
 * Errors: 0 for NULL.
 */
GONGKAI_API size_t gongkai_report_edition_count(const gongkai_report *report);

/**
 * The edition of one block, in the order of the tables, counted from 0.
 *
 * Ownership: the edition lives as long as `report`.
 * Threads: any.
 * Errors: `GONGKAI_ABSENT` past the last; `GONGKAI_E_CALLER` for NULL.
 */
GONGKAI_API
int32_t gongkai_report_edition(const gongkai_report *report,
                               size_t index,
                               const gongkai_edition **edition);

/**
 * Heading as printed, its number included.
 *
 * Ownership: the text lives as long as the report.
 * Threads: any.
 * Errors: `GONGKAI_E_CALLER` for NULL.
 */
GONGKAI_API
int32_t gongkai_section_heading(const gongkai_section *section,
                                const char **text,
                                size_t *length);

/**
 * What the section is about, told by its heading: `overview`, `proactive`, `requests`,
 * `review`, `problems` or `other_matters`. Counted from 0: two where one heading names two,
 * none for a section that the form does not have.
 *
 * Ownership: the text lives as long as the report.
 * Threads: any.
 * Errors: `GONGKAI_ABSENT` past the last; `GONGKAI_E_CALLER` for NULL.
 */
GONGKAI_API
int32_t gongkai_section_role(const gongkai_section *section,
                             size_t index,
                             const char **text,
                             size_t *length);

/**
 * Where the heading stands.
 *
 * Ownership: the place lives as long as the report.
 * Threads: any.
 * Errors: `GONGKAI_E_CALLER` for NULL.
 */
GONGKAI_API
int32_t gongkai_section_location(const gongkai_section *section,
                                 const gongkai_location **location);

/**
 * Number of paragraphs of narrative in the section; tables are in the facts.
 *
 * Ownership: nothing changes hands.
 * Threads: any.
 * Errors: 0 for NULL.
 */
GONGKAI_API size_t gongkai_section_paragraph_count(const gongkai_section *section);

/**
 * One paragraph of the section, counted from 0.
 *
 * Ownership: the paragraph lives as long as the report.
 * Threads: any.
 * Errors: `GONGKAI_ABSENT` past the last; `GONGKAI_E_CALLER` for NULL.
 */
GONGKAI_API
int32_t gongkai_section_paragraph(const gongkai_section *section,
                                  size_t index,
                                  const gongkai_paragraph **paragraph);

/**
 * The characters, white space at both ends removed.
 *
 * Ownership: the text lives as long as the report.
 * Threads: any.
 * Errors: `GONGKAI_E_CALLER` for NULL.
 */
GONGKAI_API
int32_t gongkai_paragraph_text(const gongkai_paragraph *paragraph,
                               const char **text,
                               size_t *length);

/**
 * Where the paragraph stands.
 *
 * Ownership: the place lives as long as the report.
 * Threads: any.
 * Errors: `GONGKAI_E_CALLER` for NULL.
 */
GONGKAI_API
int32_t gongkai_paragraph_location(const gongkai_paragraph *paragraph,
                                   const gongkai_location **location);

/**
 * The table: `proactive`, `requests` or `review`.
 *
 * Ownership: the text lives as long as the report.
 * Threads: any.
 * Errors: `GONGKAI_E_CALLER` for NULL.
 */
GONGKAI_API
int32_t gongkai_edition_table(const gongkai_edition *edition,
                              const char **text,
                              size_t *length);

/**
 * The block as the form titles it; empty where a table is one block.
 *
 * Ownership: the text lives as long as the report.
 * Threads: any.
 * Errors: `GONGKAI_E_CALLER` for NULL.
 */
GONGKAI_API
int32_t gongkai_edition_block(const gongkai_edition *edition,
                              const char **text,
                              size_t *length);

/**
 * The edition, named by its year of issue, for example `2021`.
 *
 * Ownership: the text lives as long as the report.
 * Threads: any.
 * Errors: `GONGKAI_ABSENT` where the block fits several and nothing decides;
 * `GONGKAI_E_CALLER` for NULL.
 */
GONGKAI_API
int32_t gongkai_edition_name(const gongkai_edition *edition,
                             const char **text,
                             size_t *length);

/**
 * The printed words that decided, and their place.
 *
 * Ownership: text and place live as long as the report.
 * Threads: any.
 * Errors: `GONGKAI_E_CALLER` for NULL.
 */
GONGKAI_API
int32_t gongkai_edition_evidence(const gongkai_edition *edition,
                                 const char **text,
                                 size_t *length,
                                 const gongkai_location **location);

/**
 * Name of a severity in ASCII: `info`, `warning`, `error`; `unknown` for any other number.
 *
 * Ownership: the text is static, NUL ends it.
 * Threads: any.
 * Errors: none.
 */
GONGKAI_API const char *gongkai_severity_name(int32_t severity);

/**
 * Name of a verdict in ASCII: `failed`, `unknown`; `unknown` too for any other number.
 *
 * Ownership: the text is static, NUL ends it.
 * Threads: any.
 * Errors: none.
 */
GONGKAI_API const char *gongkai_verdict_name(int32_t verdict);

/**
 * Number of findings.
 *
 * Ownership: nothing changes hands.
 * Threads: any.
 * Errors: 0 for NULL.
 */
GONGKAI_API size_t gongkai_findings_count(const gongkai_findings *findings);

/**
 * One finding, in the order of the checks, counted from 0.
 *
 * Ownership: the finding lives as long as `findings`.
 * Threads: any.
 * Errors: `GONGKAI_ABSENT` past the last; `GONGKAI_E_CALLER` for NULL.
 */
GONGKAI_API
int32_t gongkai_findings_at(const gongkai_findings *findings,
                            size_t index,
                            const gongkai_finding **finding);

/**
 * Frees findings that a function gave through `gongkai_findings **`.
 *
 * Ownership: takes `findings`; NULL is allowed and does nothing. Those that
 * `gongkai_report_findings` lends belong to their report.
 * Threads: any, once nobody else uses the findings.
 * Errors: none.
 */
GONGKAI_API void gongkai_findings_free(gongkai_findings *findings);

/**
 * How much it weighs: `GONGKAI_INFO`, `GONGKAI_WARNING` or `GONGKAI_ERROR`.
 *
 * Ownership: nothing changes hands.
 * Threads: any.
 * Errors: `GONGKAI_E_CALLER` for NULL.
 */
GONGKAI_API int32_t gongkai_finding_severity(const gongkai_finding *finding, int32_t *severity);

/**
 * Whether its statement was found false, `GONGKAI_FAILED`, or could not be decided,
 * `GONGKAI_UNKNOWN`.
 *
 * Ownership: nothing changes hands.
 * Threads: any.
 * Errors: `GONGKAI_E_CALLER` for NULL.
 */
GONGKAI_API int32_t gongkai_finding_verdict(const gongkai_finding *finding, int32_t *verdict);

/**
 * Whether it is an error that stands, 1, or not, 0: what it states does not hold, nobody
 * accepted it, and it is not gone since an earlier run. `gongkai check` ends with 1 if one
 * does.
 *
 * Ownership: nothing changes hands.
 * Threads: any.
 * Errors: `GONGKAI_E_CALLER` for NULL.
 */
GONGKAI_API int32_t gongkai_finding_stands(const gongkai_finding *finding, int32_t *stands);

/**
 * Message for people in the language `GONGKAI_ZH` or `GONGKAI_EN`.
 *
 * Ownership: the text lives as long as the findings.
 * Threads: any.
 * Errors: `GONGKAI_E_CALLER` for NULL or another language.
 */
GONGKAI_API
int32_t gongkai_finding_message(const gongkai_finding *finding,
                                int32_t language,
                                const char **text,
                                size_t *length);

/**
 * One of the finding's texts, by name: `code` (stable, for example `REQ-BALANCE`),
 * `fingerprint` (identity that survives a re-run), `expected` and `actual` (where it
 * compares), `quote` (the sentence it rests on, as printed), `group` (the same for findings
 * with one likely cause), `waived_by`, `waived_when`, `waived_why` (of a finding that a
 * person accepted), `regraded_from`, `regraded_why` (where the caller set another
 * severity), `baseline` (against an earlier run: `new`, `unchanged`, `gone`).
 *
 * Ownership: the text lives as long as the findings.
 * Threads: any.
 * Errors: `GONGKAI_ABSENT` where it has no such text; `GONGKAI_E_CALLER` for NULL or
 * another name.
 */
GONGKAI_API
int32_t gongkai_finding_text(const gongkai_finding *finding,
                             const char *name,
                             const char **text,
                             size_t *length);

/**
 * Id of a fact concerned, counted from 0.
 *
 * Ownership: the text lives as long as the findings.
 * Threads: any.
 * Errors: `GONGKAI_ABSENT` past the last; `GONGKAI_E_CALLER` for NULL.
 */
GONGKAI_API
int32_t gongkai_finding_fact(const gongkai_finding *finding,
                             size_t index,
                             const char **text,
                             size_t *length);

/**
 * A place concerned, counted from 0.
 *
 * Ownership: the place lives as long as the findings.
 * Threads: any.
 * Errors: `GONGKAI_ABSENT` past the last; `GONGKAI_E_CALLER` for NULL.
 */
GONGKAI_API
int32_t gongkai_finding_location(const gongkai_finding *finding,
                                 size_t index,
                                 const gongkai_location **location);

/**
 * Of several reports checked together, which one it concerns, counted from 0.
 *
 * Ownership: nothing changes hands.
 * Threads: any.
 * Errors: `GONGKAI_ABSENT` where one report was checked; `GONGKAI_E_CALLER` for NULL.
 */
GONGKAI_API int32_t gongkai_finding_report(const gongkai_finding *finding, uint32_t *index);

/**
 * For an unknown verdict: 1 if the statement would hold were every blank and missing cell
 * zero, else 0.
 *
 * Ownership: nothing changes hands.
 * Threads: any.
 * Errors: `GONGKAI_ABSENT` where that does not decide it either, and for other verdicts;
 * `GONGKAI_E_CALLER` for NULL.
 */
GONGKAI_API int32_t gongkai_finding_as_zero(const gongkai_finding *finding, int32_t *holds);

/**
 * A cell to look at, counted from 0.
 *
 * Ownership: the suggestion lives as long as the findings.
 * Threads: any.
 * Errors: `GONGKAI_ABSENT` past the last; `GONGKAI_E_CALLER` for NULL.
 */
GONGKAI_API
int32_t gongkai_finding_suggestion(const gongkai_finding *finding,
                                   size_t index,
                                   const gongkai_suggestion **suggestion);

/**
 * One of the suggestion's texts, by name: `fact` (id of the cell), `value` (the decimal
 * that would mend it; it never enters the facts), `least` and `greatest` (where several
 * would), `code` (of the likely slip, for example `TRANSPOSED_DIGITS`).
 *
 * Ownership: the text lives as long as the findings.
 * Threads: any.
 * Errors: `GONGKAI_ABSENT` where it has no such text; `GONGKAI_E_CALLER` for NULL or
 * another name.
 */
GONGKAI_API
int32_t gongkai_suggestion_text(const gongkai_suggestion *suggestion,
                                const char *name,
                                const char **text,
                                size_t *length);

/**
 * Why the cell is suspected, in the language `GONGKAI_ZH` or `GONGKAI_EN`.
 *
 * Ownership: the text lives as long as the findings.
 * Threads: any.
 * Errors: `GONGKAI_E_CALLER` for NULL or another language.
 */
GONGKAI_API
int32_t gongkai_suggestion_reason(const gongkai_suggestion *suggestion,
                                  int32_t language,
                                  const char **text,
                                  size_t *length);

/**
 * Makes options of the catalogue as it stands.
 *
 * Ownership: the caller frees the options with `gongkai_check_options_free`.
 * Threads: any.
 * Errors: none; never NULL.
 */
GONGKAI_API gongkai_check_options *gongkai_check_options_new(void);

/**
 * Sets another severity for a check: `GONGKAI_INFO`, `GONGKAI_WARNING` or `GONGKAI_ERROR`.
 * Its findings carry the reason.
 *
 * Ownership: `code` and `why` are copied.
 * Threads: one at a time for the same options.
 * Errors: `GONGKAI_E_CALLER` for NULL, a check that does not exist or another severity.
 */
GONGKAI_API
int32_t gongkai_check_options_set_severity(gongkai_check_options *options,
                                           const char *code,
                                           int32_t severity,
                                           const char *why,
                                           gongkai_error **error);

/**
 * Sets the findings that a person accepted, from the JSON of a file of waivers. They stay
 * listed, with their waiver.
 *
 * Ownership: `json` is not kept.
 * Threads: one at a time for the same options.
 * Errors: `GONGKAI_E_CALLER` for NULL or text that is no file of waivers.
 */
GONGKAI_API
int32_t gongkai_check_options_set_waivers(gongkai_check_options *options,
                                          const char *json,
                                          size_t length,
                                          gongkai_error **error);

/**
 * Adds a fact that is known to be right: it is never suspected.
 *
 * Ownership: `id` is copied.
 * Threads: one at a time for the same options.
 * Errors: `GONGKAI_E_CALLER` for NULL.
 */
GONGKAI_API
int32_t gongkai_check_options_add_trusted(gongkai_check_options *options,
                                          const char *id,
                                          gongkai_error **error);

/**
 * Adds the name of a member, as its report prints it, that a roll-up must have a report of.
 *
 * Ownership: `name` is copied.
 * Threads: one at a time for the same options.
 * Errors: `GONGKAI_E_CALLER` for NULL.
 */
GONGKAI_API
int32_t gongkai_check_options_add_member(gongkai_check_options *options,
                                         const char *name,
                                         gongkai_error **error);

/**
 * Sets one of the numbers of the options. Names and defaults: `jump` 10 (the factor by
 * which a cell may change from year to year before `XY-JUMP` asks), `search_steps` 20 000
 * (of the search for wrong cells, in one table), `alternatives` 3 (listed where several
 * sets of cells explain a difference), `findings` 1 000 (kept; one more says how many were
 * dropped).
 *
 * Ownership: `name` is not kept.
 * Threads: one at a time for the same options.
 * Errors: `GONGKAI_E_CALLER` for NULL, another name, or a number above 2^32 - 1.
 */
GONGKAI_API
int32_t gongkai_check_options_set_number(gongkai_check_options *options,
                                         const char *name,
                                         uint64_t number,
                                         gongkai_error **error);

/**
 * Frees options.
 *
 * Ownership: takes `options`; NULL is allowed and does nothing.
 * Threads: any, once nobody else uses the options.
 * Errors: none.
 */
GONGKAI_API void gongkai_check_options_free(gongkai_check_options *options);

/**
 * Checks one report: structure, values, sums, the cells that explain wrong sums, and the
 * narrative against the tables. The report is never changed.
 *
 * Ownership: the caller frees `findings` with `gongkai_findings_free`; they do not need the
 * report any more.
 * Threads: any; the same report and options may serve several calls at once.
 * Errors: `GONGKAI_E_CALLER` for NULL; what the checks find are findings, not errors.
 */
GONGKAI_API
int32_t gongkai_check(const gongkai_report *report,
                      const gongkai_check_options *options,
                      gongkai_findings **findings,
                      gongkai_error **error);

/**
 * As `gongkai_check`, with what the reader found beside the findings of the checks: all
 * that is to be said of one report.
 *
 * Ownership: the caller frees `findings` with `gongkai_findings_free`; they do not need the
 * report any more.
 * Threads: any; the same report and options may serve several calls at once.
 * Errors: `GONGKAI_E_CALLER` for NULL.
 */
GONGKAI_API
int32_t gongkai_check_all(const gongkai_report *report,
                          const gongkai_check_options *options,
                          gongkai_findings **findings,
                          gongkai_error **error);

/**
 * Checks the reports of one agency, of several years, against each other. Only what lies
 * between the reports is checked; each alone is the task of `gongkai_check`.
 *
 * Ownership: the caller frees `findings` with `gongkai_findings_free`; they do not need the
 * reports any more.
 * Threads: any; the same reports and options may serve several calls at once.
 * Errors: `GONGKAI_E_CALLER` for NULL, in the array too.
 */
GONGKAI_API
int32_t gongkai_check_series(const gongkai_report *const *reports,
                             size_t count,
                             const gongkai_check_options *options,
                             gongkai_findings **findings,
                             gongkai_error **error);

/**
 * Checks a report that covers members, for example a county's, against theirs: each cell
 * is the sum of the members'. The findings count the parent as report 0, the members from 1
 * on.
 *
 * Ownership: the caller frees `findings` with `gongkai_findings_free`; they do not need the
 * reports any more.
 * Threads: any; the same reports and options may serve several calls at once.
 * Errors: `GONGKAI_E_CALLER` for NULL, in the array too.
 */
GONGKAI_API
int32_t gongkai_check_rollup(const gongkai_report *parent,
                             const gongkai_report *const *members,
                             size_t count,
                             const gongkai_check_options *options,
                             gongkai_findings **findings,
                             gongkai_error **error);

/**
 * Makes an empty list of documents.
 *
 * Ownership: the caller frees the list with `gongkai_sources_free`.
 * Threads: any.
 * Errors: none; never NULL.
 */
GONGKAI_API gongkai_sources *gongkai_sources_new(void);

/**
 * Adds a file. It is opened when the list is read; one that cannot be opened is an error of
 * its own there. In place of a .zip archive, each document in it is read.
 *
 * Ownership: `path` is copied.
 * Threads: one at a time for the same list.
 * Errors: `GONGKAI_E_CALLER` for NULL.
 */
GONGKAI_API
int32_t gongkai_sources_add_file(gongkai_sources *sources,
                                 const char *path,
                                 gongkai_error **error);

/**
 * Adds a document in memory.
 *
 * Ownership: `name` and `data` are copied.
 * Threads: one at a time for the same list.
 * Errors: `GONGKAI_E_CALLER` for NULL or a name that is not UTF-8.
 */
GONGKAI_API
int32_t gongkai_sources_add_bytes(gongkai_sources *sources,
                                  const char *name,
                                  const uint8_t *data,
                                  size_t length,
                                  gongkai_error **error);

/**
 * Frees a list of documents.
 *
 * Ownership: takes `sources`; NULL is allowed and does nothing.
 * Threads: any, once nobody else uses the list.
 * Errors: none.
 */
GONGKAI_API void gongkai_sources_free(gongkai_sources *sources);

/**
 * Reads many documents on `threads` threads that end with the call; 0 for as many as the
 * machine runs at once. One document that cannot be read never stops the others. Each
 * report is checked with `checks`; NULL to leave them unchecked. An archive gives a
 * document for each in it, named `archive.zip!/member`, where it stood in the list; so the
 * batch may hold more documents than the list.
 *
 * Ownership: nothing is kept; the caller frees `batch` with `gongkai_batch_free`.
 * Threads: any; the same list and options may serve several calls at once. `progress` may
 * be NULL; it gets `user` as it is.
 * Errors: `GONGKAI_E_CANCELLED` if `progress` ended the work; `GONGKAI_E_CALLER` for NULL.
 * What is wrong with a single document is told by `gongkai_batch_error`.
 */
GONGKAI_API
int32_t gongkai_parse_many(const gongkai_sources *sources,
                           const gongkai_options *options,
                           const gongkai_check_options *checks,
                           size_t threads,
                           gongkai_progress progress,
                           void *user,
                           gongkai_batch **batch,
                           gongkai_error **error);

/**
 * Number of documents, those that gave no report included.
 *
 * Ownership: nothing changes hands.
 * Threads: any.
 * Errors: 0 for NULL.
 */
GONGKAI_API size_t gongkai_batch_count(const gongkai_batch *batch);

/**
 * Name of a document, as it was added, counted from 0.
 *
 * Ownership: the text lives as long as `batch`.
 * Threads: any.
 * Errors: `GONGKAI_ABSENT` past the last; `GONGKAI_E_CALLER` for NULL.
 */
GONGKAI_API
int32_t gongkai_batch_source(const gongkai_batch *batch,
                             size_t index,
                             const char **text,
                             size_t *length);

/**
 * The report of a document, counted from 0. A batch keeps reports packed; each call makes
 * one anew.
 *
 * Ownership: the caller frees `report` with `gongkai_report_free`; it does not need the
 * batch any more.
 * Threads: any.
 * Errors: `GONGKAI_ABSENT` past the last and for a document that gave no report;
 * `GONGKAI_E_CALLER` for NULL.
 */
GONGKAI_API
int32_t gongkai_batch_report(const gongkai_batch *batch,
                             size_t index,
                             gongkai_report **report,
                             gongkai_error **error);

/**
 * All findings of a document, counted from 0: the reader's, and those of the checks if the
 * batch was checked.
 *
 * Ownership: the caller frees `findings` with `gongkai_findings_free`; they do not need the
 * batch any more.
 * Threads: any.
 * Errors: `GONGKAI_ABSENT` past the last and for a document that gave no report;
 * `GONGKAI_E_CALLER` for NULL.
 */
GONGKAI_API
int32_t gongkai_batch_findings(const gongkai_batch *batch,
                               size_t index,
                               gongkai_findings **findings,
                               gongkai_error **error);

/**
 * Why a document, counted from 0, gave no report.
 *
 * Ownership: the error lives as long as `batch`, and is not freed.
 * Threads: any.
 * Errors: `GONGKAI_ABSENT` past the last and for a document that gave a report;
 * `GONGKAI_E_CALLER` for NULL.
 */
GONGKAI_API
int32_t gongkai_batch_error(const gongkai_batch *batch,
                            size_t index,
                            const gongkai_error **error);

/**
 * Frees a batch. Reports, findings and streams that were made from it live on.
 *
 * Ownership: takes `batch`; NULL is allowed and does nothing.
 * Threads: any, once nobody else uses the batch.
 * Errors: none.
 */
GONGKAI_API void gongkai_batch_free(gongkai_batch *batch);

/**
 * Writes the report as JSON that follows the committed schema of
 * `GONGKAI_SCHEMA_VERSION`. `gongkai_report_from_json` reads it back.
 *
 * Ownership: the caller frees `bytes` with `gongkai_bytes_free`.
 * Threads: any.
 * Errors: `GONGKAI_E_CALLER` for NULL.
 */
GONGKAI_API
int32_t gongkai_report_to_json(const gongkai_report *report,
                               gongkai_bytes **bytes,
                               gongkai_error **error);

/**
 * Writes the facts, one record a cell, in the form `csv` (RFC 4180, the header line first),
 * `jsonl`, or the report for a person in the form `text` or `html` (a whole page: the
 * statutory tables as the form has them, findings marked on their cells). `findings` are
 * those to be marked; NULL for those of the reader. `source` names the document in the
 * records. UTF-8; `gongkai_gb18030_encode` is for others.
 *
 * Ownership: the caller frees `bytes` with `gongkai_bytes_free`.
 * Threads: any.
 * Errors: `GONGKAI_E_CALLER` for NULL or another form.
 */
GONGKAI_API
int32_t gongkai_report_write(const gongkai_report *report,
                             const gongkai_findings *findings,
                             const char *form,
                             const char *source,
                             gongkai_bytes **bytes,
                             gongkai_error **error);

/**
 * Writes the findings of a report in the form `json` (follows the committed schema of
 * findings), `sarif` (2.1.0), or `text` for people, in the language `GONGKAI_ZH` or
 * `GONGKAI_EN`. `source` names the document.
 *
 * Ownership: the caller frees `bytes` with `gongkai_bytes_free`.
 * Threads: any.
 * Errors: `GONGKAI_E_CALLER` for NULL, another form or another language.
 */
GONGKAI_API
int32_t gongkai_findings_write(const gongkai_findings *findings,
                               const gongkai_report *report,
                               const char *form,
                               const char *source,
                               int32_t language,
                               gongkai_bytes **bytes,
                               gongkai_error **error);

/**
 * Exports a table of one report as a stream of the Arrow C data interface: `facts`,
 * `findings`, `reports`, `panel` or `panel_status`. `findings` are those to be counted and
 * listed; NULL for those of the reader. `source` names the document.
 *
 * Ownership: the caller releases `stream` by its own callback; it needs neither report nor
 * findings any more.
 * Threads: any; one stream is read by one thread at a time.
 * Errors: `GONGKAI_E_CALLER` for NULL or another table.
 */
GONGKAI_API
int32_t gongkai_report_export_arrow(const gongkai_report *report,
                                    const gongkai_findings *findings,
                                    const char *table,
                                    const char *source,
                                    struct ArrowArrayStream *stream,
                                    gongkai_error **error);

/**
 * Exports a table of all reports of a batch as a stream of the Arrow C data interface:
 * `facts`, `findings`, `reports` (one record a source, those that gave no report included),
 * `panel` or `panel_status`. Records are made piece by piece as the stream is read.
 *
 * Ownership: the caller releases `stream` by its own callback; it keeps what it needs of
 * the batch alive.
 * Threads: any; one stream is read by one thread at a time.
 * Errors: `GONGKAI_E_CALLER` for NULL or another table.
 */
GONGKAI_API
int32_t gongkai_batch_export_arrow(const gongkai_batch *batch,
                                   const char *table,
                                   struct ArrowArrayStream *stream,
                                   gongkai_error **error);

/**
 * The bytes and their number. A NUL that is not counted follows them, so that text can be
 * used as a C string.
 *
 * Ownership: the bytes live as long as `bytes`.
 * Threads: any.
 * Errors: `GONGKAI_E_CALLER` for NULL bytes.
 */
GONGKAI_API
int32_t gongkai_bytes_data(const gongkai_bytes *bytes,
                           const char **data,
                           size_t *length);

/**
 * Frees bytes.
 *
 * Ownership: takes `bytes`; NULL is allowed and does nothing.
 * Threads: any, once nobody else uses the bytes.
 * Errors: none.
 */
GONGKAI_API void gongkai_bytes_free(gongkai_bytes *bytes);

/**
 * Writes UTF-8 text in GB18030 with the mapping of its 2022 edition. No character is ever
 * replaced.
 *
 * Ownership: `text` is not kept; the caller frees `bytes` with `gongkai_bytes_free`.
 * Threads: any.
 * Errors: `GONGKAI_E_INEXACT` with the code `gb18030` for a character that would not come
 * back as it is; `GONGKAI_E_CALLER` for NULL or text that is not UTF-8.
 */
GONGKAI_API
int32_t gongkai_gb18030_encode(const char *text,
                               size_t length,
                               gongkai_bytes **bytes,
                               gongkai_error **error);

/**
 * Writes GB18030 text, and so GBK and GB2312 text, in UTF-8. No byte is ever replaced.
 *
 * Ownership: `text` is not kept; the caller frees `bytes` with `gongkai_bytes_free`.
 * Threads: any.
 * Errors: `GONGKAI_E_INEXACT` with the code `gb18030` and the place of the first byte that
 * is no GB18030; `GONGKAI_E_CALLER` for NULL.
 */
GONGKAI_API
int32_t gongkai_gb18030_decode(const char *text,
                               size_t length,
                               gongkai_bytes **bytes,
                               gongkai_error **error);

#ifdef __cplusplus
}  // extern "C"
#endif  // __cplusplus

#endif  /* GONGKAI_H */
