/* One report to CSV in GB18030, which spreadsheet and statistics programs of the older kind
 * read without being told.
 *
 *     report_to_csv REPORT [CSV]
 *
 * Writes to standard output where no CSV is named. Exit code: 0 written, 1 wrong call,
 * 2 the report could not be read, 3 the CSV could not be written.
 */
#include <errno.h>
#include <gongkai.h>
#include <stdio.h>
#include <string.h>

/* Says on standard error what failed, and why. The text is UTF-8. */
static void complain(const char *name, const gongkai_error *error)
{
    const char *message = "";
    const gongkai_location *place;
    uint32_t line;

    gongkai_error_message(error, GONGKAI_ZH, &message, NULL);
    fprintf(stderr, "%s：%s", name, message);
    if (gongkai_error_location(error, &place) == GONGKAI_OK
        && gongkai_location_number(place, "line", &line) == GONGKAI_OK)
        fprintf(stderr, "（第%lu行）", (unsigned long)line);
    fputc('\n', stderr);
}

/* Writes all of the bytes; 0 if the system refuses. */
static int save(const char *path, const char *data, size_t length)
{
    /* "wb": Windows would change the line ends of a text file. */
    FILE *file = path == NULL ? stdout : fopen(path, "wb");
    int written;

    if (file == NULL)
        return 0;
    written = fwrite(data, 1, length, file) == length;
    /* What is still buffered is written now, and a full disk shows now. */
    written = fflush(file) == 0 && written;
    return (path == NULL || fclose(file) == 0) && written;
}

int main(int argc, char **argv)
{
    /* NULL from the start: a failed call writes no result, and _free(NULL) does nothing. */
    gongkai_report *report = NULL;
    gongkai_bytes *utf8 = NULL, *gb18030 = NULL;
    gongkai_error *error = NULL;
    const char *path, *data;
    size_t length;
    int code = 0;

    if (argc < 2 || argc > 3) {
        fputs("用法：report_to_csv 年报 [CSV文件]\n", stderr);
        return 1;
    }
    path = argv[1];

    if (gongkai_parse_file(path, NULL, &report, &error) != GONGKAI_OK) {
        complain(path, error);
        code = 2;
    } else if (gongkai_report_write(report, NULL, "csv", path, &utf8, &error) != GONGKAI_OK
               || gongkai_bytes_data(utf8, &data, &length) != GONGKAI_OK
               /* A character that GB18030 lacks is an error here; none is ever replaced. */
               || gongkai_gb18030_encode(data, length, &gb18030, &error) != GONGKAI_OK
               || gongkai_bytes_data(gb18030, &data, &length) != GONGKAI_OK) {
        complain(path, error);
        code = 3;
    } else if (!save(argc == 3 ? argv[2] : NULL, data, length)) {
        fprintf(stderr, "%s：无法写入：%s\n", argc == 3 ? argv[2] : "标准输出", strerror(errno));
        code = 3;
    }

    gongkai_error_free(error);
    gongkai_bytes_free(gb18030);
    gongkai_bytes_free(utf8);
    gongkai_report_free(report);
    return code;
}
