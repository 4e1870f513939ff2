/* charset encode|decode: standard input in GB18030, or from it; or the error as JSON, behind
 * an exclamation mark. */

#include "dump.h"

int main(int count, char **words)
{
    static char input[1 << 20];
    size_t length = fread(input, 1, sizeof input, stdin);
    gongkai_bytes *bytes = NULL;
    gongkai_error *error = NULL;
    const char *data;
    char *own = (char *)malloc(length ? length : 1);
    int32_t status;
    if (count != 2 || own == NULL)
        return 2;
    memcpy(own, input, length);
    status = strcmp(words[1], "encode") == 0
                 ? gongkai_gb18030_encode(own, length, &bytes, &error)
                 : gongkai_gb18030_decode(own, length, &bytes, &error);
    free(own);
    if (status != GONGKAI_OK) {
        putchar('!');
        put_error(error);
        gongkai_error_free(error);
        return 0;
    }
    NEED(gongkai_bytes_data(bytes, &data, &length));
    if (data[length] != '\0')
        return 3;
    fwrite(data, 1, length, stdout);
    gongkai_bytes_free(bytes);
    return 0;
}
