/* panic FILE: a fault inside the library comes back as an error, again and again, and the
 * library works on. Built against a library that has `gongkai_test_panic`. */

#include <gongkai.h>

#include <stdio.h>
#include <string.h>

extern int32_t gongkai_test_panic(gongkai_error **error);

int main(int count, char **words)
{
    int i;
    for (i = 0; i < 3; i++) {
        gongkai_report *report = NULL;
        gongkai_error *error = NULL;
        const char *text;
        size_t facts;
        if (count != 2 || gongkai_parse_file(words[1], NULL, &report, NULL) != GONGKAI_OK)
            return 2;
        facts = gongkai_report_fact_count(report);
        if (gongkai_test_panic(&error) != GONGKAI_E_INTERNAL || error == NULL)
            return 3;
        if (gongkai_error_status(error) != GONGKAI_E_INTERNAL)
            return 4;
        gongkai_error_code(error, &text, NULL);
        if (strcmp(text, "panic") != 0)
            return 5;
        gongkai_error_message(error, GONGKAI_EN, &text, NULL);
        if (strcmp(text, "on request") != 0)
            return 6;
        gongkai_error_free(error);
        /* The error need not be wanted. */
        if (gongkai_test_panic(NULL) != GONGKAI_E_INTERNAL)
            return 7;
        if (gongkai_report_fact_count(report) != facts || facts == 0)
            return 8;
        gongkai_report_free(report);
    }
    return 0;
}
