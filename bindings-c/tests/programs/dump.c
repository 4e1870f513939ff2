/* dump FILE...: all that there is to say of each document, a line of JSON each. */

#include "dump.h"

int main(int count, char **paths)
{
    int i;
    for (i = 1; i < count; i++) {
        gongkai_report *report;
        gongkai_error *error;
        int32_t status = gongkai_parse_file(paths[i], NULL, &report, &error);
        if (status == GONGKAI_OK) {
            put_report(report);
            gongkai_report_free(report);
        } else {
            if (status != gongkai_error_status(error))
                return 1;
            printf("{\"error\":");
            put_error(error);
            printf("}");
            gongkai_error_free(error);
        }
        printf("\n");
    }
    return 0;
}
