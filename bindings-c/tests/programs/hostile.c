/* hostile FILE...: the bytes of each document, cut short in many places and given to all that
 * takes bytes. Nothing may be written where the status is not GONGKAI_OK. */

#include <gongkai.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int poison;

/* One call: its result is written if and only if it worked. */
#define TRY(type, call, release)                                          \
    do {                                                                  \
        type *made = (type *)(void *)&poison;                             \
        gongkai_error *error = (gongkai_error *)(void *)&poison;          \
        int32_t status = call;                                            \
        if ((status == GONGKAI_OK) == ((void *)made == (void *)&poison))  \
            return 3;                                                     \
        if ((status == GONGKAI_OK) != ((void *)error == (void *)&poison)) \
            return 4;                                                     \
        if (status == GONGKAI_E_INTERNAL)                                 \
            return 5;                                                     \
        if (status == GONGKAI_OK)                                         \
            release(made);                                                \
        else                                                              \
            gongkai_error_free(error);                                    \
    } while (0)

static int try_all(const char *data, size_t length)
{
    gongkai_check_options *options = gongkai_check_options_new();
    gongkai_error *error = NULL;
    TRY(gongkai_report,
        gongkai_parse_bytes((const uint8_t *)data, length, NULL, &made, &error),
        gongkai_report_free);
    TRY(gongkai_report, gongkai_report_from_json(data, length, &made, &error), gongkai_report_free);
    TRY(gongkai_bytes, gongkai_gb18030_decode(data, length, &made, &error), gongkai_bytes_free);
    TRY(gongkai_bytes, gongkai_gb18030_encode(data, length, &made, &error), gongkai_bytes_free);
    if (gongkai_check_options_set_waivers(options, data, length, &error) != GONGKAI_OK)
        gongkai_error_free(error);
    gongkai_check_options_free(options);
    return 0;
}

int main(int count, char **words)
{
    static const size_t parts = 12;
    int at;
    for (at = 1; at < count; at++) {
        FILE *file = fopen(words[at], "rb");
        long size;
        size_t part;
        if (file == NULL)
            return 2;
        fseek(file, 0, SEEK_END);
        size = ftell(file);
        for (part = 0; part <= parts; part++) {
            size_t length = (size_t)size * part / parts;
            /* Of its own size, so that one byte too many is seen. */
            char *data = (char *)malloc(length ? length : 1);
            int wrong;
            rewind(file);
            if (data == NULL || fread(data, 1, length, file) != length)
                return 2;
            wrong = try_all(data, length);
            free(data);
            if (wrong) {
                fprintf(stderr, "%s, %lu bytes: %d\n", words[at], (unsigned long)length, wrong);
                return wrong;
            }
        }
        fclose(file);
    }
    return 0;
}
