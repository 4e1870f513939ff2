/* A table of many reports as an Arrow C stream, and a consumer that needs no Arrow library:
 * it prints the table as JSON Lines. Programs that have such a library (R, DuckDB, Arrow for
 * Java and .NET, nanoarrow) import the same stream in one call.
 *
 *     arrow_to_consumer TABLE REPORT...
 *
 * TABLE is facts, findings, reports, panel or panel_status. Exit code: 0 printed, 1 wrong
 * call, 2 a file could not be read, 3 the stream failed or has a type unknown here.
 */
#include <gongkai.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static void print_text(const char *text, size_t length)
{
    size_t i;

    putchar('"');
    for (i = 0; i < length; i++) {
        unsigned char byte = (unsigned char)text[i];
        if (byte < 0x20)
            printf("\\u%04x", byte);
        else if (byte == '"' || byte == '\\')
            printf("\\%c", byte);
        else
            putchar(byte);
    }
    putchar('"');
}

/* A decimal of 128 bits, lowest byte first, without loss: as text, with all its places. */
static void print_decimal(const uint8_t *bytes, size_t places)
{
    uint32_t words[4] = {0, 0, 0, 0};
    char digits[48];
    int negative = bytes[15] >= 0x80, i;
    uint64_t carry = negative ? 1 : 0;
    size_t count = 0;

    for (i = 0; i < 16; i++)
        words[i / 4] |= (uint32_t)bytes[i] << (i % 4 * 8);
    for (i = 0; negative && i < 4; i++) { /* Two's complement. */
        carry += (uint32_t)~words[i];
        words[i] = (uint32_t)carry;
        carry >>= 32;
    }
    /* Ten to the 38th is the most: 39 digits at most, and one before the point at least. */
    while (count <= places || (words[0] | words[1] | words[2] | words[3]) != 0) {
        uint64_t rest = 0;
        for (i = 3; i >= 0; i--) {
            rest = rest << 32 | words[i];
            words[i] = (uint32_t)(rest / 10);
            rest %= 10;
        }
        digits[count++] = (char)('0' + rest);
    }
    printf("\"%s", negative ? "-" : "");
    while (count > 0) {
        putchar(digits[--count]);
        if (count == places && places > 0)
            putchar('.');
    }
    putchar('"');
}

/* Whether the bit is set; a column without bits has no nulls. */
static int bit(const void *bits, int64_t at)
{
    return bits == NULL || (((const uint8_t *)bits)[at / 8] >> (at % 8) & 1);
}

/* One cell; 0 if its type is unknown here. */
static int print_cell(const struct ArrowSchema *type, const struct ArrowArray *column, int64_t row)
{
    int64_t at = column->offset + row;
    unsigned places;

    if (!bit(column->buffers[0], at)) {
        printf("null");
    } else if (strcmp(type->format, "u") == 0) {
        const int32_t *ends = column->buffers[1];
        print_text((const char *)column->buffers[2] + ends[at], (size_t)(ends[at + 1] - ends[at]));
    } else if (strcmp(type->format, "l") == 0) {
        printf("%" PRId64, ((const int64_t *)column->buffers[1])[at]);
    } else if (strcmp(type->format, "b") == 0) {
        printf(bit(column->buffers[1], at) ? "true" : "false");
    } else if (sscanf(type->format, "d:38,%2u", &places) == 1 && places <= 38) {
        print_decimal((const uint8_t *)column->buffers[1] + 16 * at, places);
    } else {
        return 0;
    }
    return 1;
}

static int failed(struct ArrowArrayStream *stream)
{
    const char *message = stream->get_last_error(stream);

    fprintf(stderr, "%s\n", message != NULL ? message : "Arrow");
    return 0;
}

/* The whole stream, piece by piece: memory does not grow with the number of reports. */
static int consume(struct ArrowArrayStream *stream)
{
    struct ArrowSchema schema;
    struct ArrowArray rows;
    int64_t row, column;
    int good = 1;

    if (stream->get_schema(stream, &schema) != 0)
        return failed(stream);
    while (good) {
        if (stream->get_next(stream, &rows) != 0) {
            good = failed(stream);
            break;
        }
        if (rows.release == NULL) /* The end. */
            break;
        for (row = 0; good && row < rows.length; row++) {
            for (column = 0; good && column < schema.n_children; column++) {
                const struct ArrowSchema *type = schema.children[column];
                printf(column == 0 ? "{" : ", ");
                print_text(type->name, strlen(type->name));
                printf(": ");
                good = print_cell(type, rows.children[column], rows.offset + row);
                if (!good)
                    fprintf(stderr, "%s：未知的类型 %s\n", type->name, type->format);
            }
            puts("}");
        }
        rows.release(&rows);
    }
    schema.release(&schema);
    return good;
}

static void complain(const char *name, const gongkai_error *error)
{
    const char *message = "";

    gongkai_error_message(error, GONGKAI_ZH, &message, NULL);
    fprintf(stderr, "%s：%s\n", name, message);
}

int main(int argc, char **argv)
{
    gongkai_sources *sources = gongkai_sources_new();
    gongkai_batch *batch = NULL;
    gongkai_error *error = NULL;
    const gongkai_error *why;
    struct ArrowArrayStream stream;
    size_t i;
    int code = 0, argument;

    if (argc < 3) {
        fputs("用法：arrow_to_consumer 表名 年报...\n", stderr);
        code = 1;
    }
    for (argument = 2; code == 0 && argument < argc; argument++)
        if (gongkai_sources_add_file(sources, argv[argument], &error) != GONGKAI_OK)
            code = 3;
    if (code == 0
        && (gongkai_parse_many(sources, NULL, NULL, 0, NULL, NULL, &batch, &error) != GONGKAI_OK
            || gongkai_batch_export_arrow(batch, argv[1], &stream, &error) != GONGKAI_OK))
        code = 3;
    if (error != NULL)
        complain(argv[1], error);

    if (code == 0) {
        for (i = 0; i < gongkai_batch_count(batch); i++) {
            const char *source = "";
            if (gongkai_batch_error(batch, i, &why) == GONGKAI_OK) {
                gongkai_batch_source(batch, i, &source, NULL);
                complain(source, why);
                code = 2;
            }
        }
        /* Once here, an importing library would take &stream over. */
        if (!consume(&stream))
            code = 3;
        stream.release(&stream);
        if (fflush(stdout) != 0 || ferror(stdout))
            code = 3;
    }
    gongkai_error_free(error);
    gongkai_batch_free(batch);
    gongkai_sources_free(sources);
    return code;
}
