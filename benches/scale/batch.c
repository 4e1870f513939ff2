/* batch THREADS: reads the files of each folder named on a line of standard input as one
 * batch, with checks; answers each line when its batch is freed. At the end, one line of JSON:
 * time, processor time, peak memory, and what was counted. */

#define _POSIX_C_SOURCE 200809L

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include <gongkai.h>

#define NEED(call) need((call), #call)

static struct {
    double seconds, cpu;
    size_t facts, findings;
    struct {
        const char *code;
        size_t count;
    } refused[64];
} sum;

static void need(int32_t status, const char *call)
{
    if (status != GONGKAI_OK) {
        fprintf(stderr, "%s gave %d\n", call, (int)status);
        exit(1);
    }
}

static double now(clockid_t clock)
{
    struct timespec time;
    clock_gettime(clock, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static gongkai_sources *listed(const char *folder)
{
    gongkai_sources *sources = gongkai_sources_new();
    struct dirent *entry;
    char path[4096 + 257];
    DIR *files = opendir(folder);
    if (files == NULL) {
        perror(folder);
        exit(1);
    }
    while ((entry = readdir(files)) != NULL) {
        if (entry->d_name[0] == '.')
            continue;
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        NEED(gongkai_sources_add_file(sources, path, NULL));
    }
    closedir(files);
    return sources;
}

static void refuse(const gongkai_error *error)
{
    const char *code;
    size_t at = 0;
    NEED(gongkai_error_code(error, &code, NULL));
    while (sum.refused[at].code != NULL && strcmp(sum.refused[at].code, code) != 0)
        at++;
    if (sum.refused[at].code == NULL)
        sum.refused[at].code = strdup(code);
    sum.refused[at].count++;
}

static void count(const gongkai_batch *batch)
{
    size_t at;
    for (at = 0; at < gongkai_batch_count(batch); at++) {
        gongkai_findings *findings;
        gongkai_report *report;
        const gongkai_error *error;
        if (gongkai_batch_error(batch, at, &error) == GONGKAI_OK) {
            refuse(error);
            continue;
        }
        NEED(gongkai_batch_report(batch, at, &report, NULL));
        NEED(gongkai_batch_findings(batch, at, &findings, NULL));
        sum.facts += gongkai_report_fact_count(report);
        sum.findings += gongkai_findings_count(findings);
        gongkai_findings_free(findings);
        gongkai_report_free(report);
    }
}

int main(int words, char **word)
{
    size_t threads = words > 1 ? (size_t)atoi(word[1]) : 0, at;
    gongkai_check_options *checks = gongkai_check_options_new();
    char folder[4096];
    struct rusage usage;
    while (fgets(folder, sizeof folder, stdin) != NULL) {
        gongkai_batch *batch;
        gongkai_sources *sources;
        double start = now(CLOCK_MONOTONIC), busy = now(CLOCK_PROCESS_CPUTIME_ID);
        folder[strcspn(folder, "\n")] = '\0';
        sources = listed(folder);
        NEED(gongkai_parse_many(sources, NULL, checks, threads, NULL, NULL, &batch, NULL));
        sum.seconds += now(CLOCK_MONOTONIC) - start;
        sum.cpu += now(CLOCK_PROCESS_CPUTIME_ID) - busy;
        gongkai_sources_free(sources);
        count(batch);
        gongkai_batch_free(batch);
        getrusage(RUSAGE_SELF, &usage);
        printf("{\"seconds\": %f, \"cpu\": %f, \"peak\": %ld, \"facts\": %zu, \"findings\": %zu, "
               "\"refused\": {",
               sum.seconds, sum.cpu, usage.ru_maxrss / 1024, sum.facts, sum.findings);
        for (at = 0; sum.refused[at].code != NULL; at++)
            printf("%s\"%s\": %zu", at ? ", " : "", sum.refused[at].code, sum.refused[at].count);
        printf("}}\n");
        fflush(stdout);
    }
    gongkai_check_options_free(checks);
    return 0;
}
