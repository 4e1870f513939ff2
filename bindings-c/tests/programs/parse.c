/* parse [OPTION]... FILE: a document from memory, with options: `format NAME`,
 * `encoding LABEL`, `file_name NAME`, `limit NAME N`. Writes the report as JSON, or the error.
 *
 * parse json FILE: the same of JSON that was written before.
 * parse write FORM FILE: the report in that form. */

#include "dump.h"

static char *contents(const char *path, size_t *length)
{
    FILE *file = fopen(path, "rb");
    char *data;
    if (file == NULL)
        exit(2);
    fseek(file, 0, SEEK_END);
    *length = (size_t)ftell(file);
    rewind(file);
    /* Of its own size, so that one byte too many is seen. */
    data = (char *)malloc(*length ? *length : 1);
    if (data == NULL || fread(data, 1, *length, file) != *length)
        exit(2);
    fclose(file);
    return data;
}

int main(int count, char **words)
{
    gongkai_options *options = gongkai_options_new();
    gongkai_report *report = NULL;
    gongkai_bytes *bytes = NULL;
    gongkai_error *error = NULL;
    int json = 0, at;
    const char *form = NULL, *text;
    int32_t status = GONGKAI_OK;
    size_t length;
    char *data = contents(words[count - 1], &length);

    for (at = 1; at < count - 1 && status == GONGKAI_OK; at += 2) {
        const char *word = words[at], *value = words[at + 1];
        if (strcmp(word, "json") == 0) {
            json = 1;
            at--;
        } else if (strcmp(word, "write") == 0) {
            form = value;
        } else if (strcmp(word, "format") == 0) {
            status = gongkai_options_set_format(options, value, &error);
        } else if (strcmp(word, "encoding") == 0) {
            status = gongkai_options_set_encoding(options, value, &error);
        } else if (strcmp(word, "file_name") == 0) {
            status = gongkai_options_set_file_name(options, value, &error);
        } else if (strcmp(word, "limit") == 0) {
            uint64_t limit = (uint64_t)strtoull(words[at + 2], NULL, 10);
            status = gongkai_options_set_limit(options, value, limit, &error);
            at++;
        } else {
            return 2;
        }
    }
    if (status == GONGKAI_OK && json)
        status = gongkai_report_from_json(data, length, &report, &error);
    else if (status == GONGKAI_OK)
        status = gongkai_parse_bytes((const uint8_t *)data, length, options, &report, &error);
    free(data);
    gongkai_options_free(options);
    if (status == GONGKAI_OK && form != NULL)
        status = gongkai_report_write(report, NULL, form, "年报.docx", &bytes, &error);
    else if (status == GONGKAI_OK)
        status = gongkai_report_to_json(report, &bytes, &error);
    gongkai_report_free(report);
    if (status != GONGKAI_OK) {
        if (status != gongkai_error_status(error))
            return 1;
        put_error(error);
        gongkai_error_free(error);
        return 0;
    }
    NEED(gongkai_bytes_data(bytes, &text, &length));
    fwrite(text, 1, length, stdout);
    gongkai_bytes_free(bytes);
    return 0;
}
