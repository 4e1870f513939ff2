/* Checks every report in a folder and the folders below it, and lists the errors that stand:
 * where, what, and the cell to look at.
 *
 *     check_folder FOLDER
 *
 * A terminal shows a progress line; Ctrl-C ends the work after the files being read. Exit
 * code, as `gongkai check` has it: 0 nothing stands, 1 errors stand, 2 a file or folder could
 * not be read, 130 cancelled. Folders are walked with POSIX functions.
 */
#define _POSIX_C_SOURCE 200809L
#include <dirent.h>
#include <errno.h>
#include <gongkai.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

static volatile sig_atomic_t interrupted;

static void interrupt(int signal)
{
    (void)signal;
    interrupted = 1;
}

/* Called several times a second, on this thread. Any result but 0 ends the work. */
static int32_t progress(size_t done, size_t total, size_t failed, void *terminal)
{
    if (terminal != NULL)
        fprintf(terminal, "\r已检查 %zu/%zu，无法读取 %zu", done, total, failed);
    return interrupted;
}

/* Names that begin with a point are hidden; "~$" begins the lock files of Word. */
static int shown(const struct dirent *entry)
{
    return entry->d_name[0] != '.' && strncmp(entry->d_name, "~$", 2) != 0;
}

/* By bytes, which does not depend on the locale. */
static int by_name(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

/* Whether a reader knows the extension, or it is that of an archive of documents. */
static int is_known(const char *name)
{
    const char *dot = strrchr(name, '.');

    return dot != NULL && dot != name
        && (strcasecmp(dot, ".zip") == 0 || gongkai_format_name(dot + 1, NULL, NULL) == GONGKAI_OK);
}

/* Adds the reports in a folder, then those in the folders below; returns how many folders
 * could not be read. Links to folders are not followed, as they may lead back. */
static int walk(const char *folder, gongkai_sources *sources)
{
    struct dirent **entries;
    int count = scandir(folder, &entries, shown, by_name), failed = 0, pass, i;

    if (count < 0) {
        fprintf(stderr, "%s：无法读取文件夹：%s\n", folder, strerror(errno));
        return 1;
    }
    for (pass = 0; pass < 2; pass++) {
        for (i = 0; i < count; i++) {
            const char *name = entries[i]->d_name;
            size_t size = strlen(folder) + strlen(name) + 2;
            char *path = malloc(size);
            struct stat link, target;

            if (path == NULL) {
                failed++;
                continue;
            }
            snprintf(path, size, "%s%s%s", folder, folder[strlen(folder) - 1] == '/' ? "" : "/", name);
            if (lstat(path, &link) != 0)
                link.st_mode = 0; /* Gone since: it fails with its reason when it is read. */
            if (pass == 0 && (stat(path, &target) != 0 || !S_ISDIR(target.st_mode))) {
                if (is_known(name))
                    failed += gongkai_sources_add_file(sources, path, NULL) != GONGKAI_OK;
            } else if (pass == 1 && S_ISDIR(link.st_mode)) {
                failed += walk(path, sources);
            }
            free(path);
        }
    }
    for (i = 0; i < count; i++)
        free(entries[i]);
    free(entries);
    return failed;
}

static void print(const char *source, const gongkai_finding *finding)
{
    const gongkai_suggestion *suggestion;
    const gongkai_location *place;
    const char *code = "", *message = "", *where = "", *fact = "", *value, *reason = "";
    size_t i;

    gongkai_finding_text(finding, "code", &code, NULL);
    gongkai_finding_message(finding, GONGKAI_ZH, &message, NULL);
    if (gongkai_finding_location(finding, 0, &place) == GONGKAI_OK)
        gongkai_location_text(place, GONGKAI_ZH, &where, NULL);
    printf("%s：%s：%s%s%s\n", source, code, where, *where == '\0' ? "" : "：", message);
    for (i = 0; gongkai_finding_suggestion(finding, i, &suggestion) == GONGKAI_OK; i++) {
        value = "?";
        gongkai_suggestion_text(suggestion, "fact", &fact, NULL);
        gongkai_suggestion_text(suggestion, "value", &value, NULL); /* Absent where several would do. */
        gongkai_suggestion_reason(suggestion, GONGKAI_ZH, &reason, NULL);
        printf("    建议：%s → %s：%s\n", fact, value, reason);
    }
}

/* Lists what stands in one document; 2 if it could not be read, 1 if an error stands. */
static int list(const gongkai_batch *batch, size_t index)
{
    const gongkai_error *why;
    const gongkai_finding *finding;
    gongkai_findings *findings = NULL;
    gongkai_error *error = NULL;
    const char *source = "", *message = "";
    int32_t stands;
    size_t i;
    int code = 0;

    gongkai_batch_source(batch, index, &source, NULL);
    if (gongkai_batch_error(batch, index, &why) == GONGKAI_OK) {
        gongkai_error_message(why, GONGKAI_ZH, &message, NULL);
        fprintf(stderr, "%s：%s\n", source, message);
        return 2;
    }
    if (gongkai_batch_findings(batch, index, &findings, &error) != GONGKAI_OK) {
        gongkai_error_message(error, GONGKAI_ZH, &message, NULL);
        fprintf(stderr, "%s：%s\n", source, message);
        gongkai_error_free(error);
        return 2;
    }
    for (i = 0; gongkai_findings_at(findings, i, &finding) == GONGKAI_OK; i++) {
        if (gongkai_finding_stands(finding, &stands) == GONGKAI_OK && stands) {
            print(source, finding);
            code = 1;
        }
    }
    gongkai_findings_free(findings);
    return code;
}

int main(int argc, char **argv)
{
    gongkai_sources *sources = gongkai_sources_new();
    gongkai_check_options *checks = gongkai_check_options_new();
    gongkai_batch *batch = NULL;
    gongkai_error *error = NULL;
    FILE *terminal = isatty(STDERR_FILENO) ? stderr : NULL;
    struct sigaction action;
    const char *message = "";
    int32_t status;
    size_t i;
    int code = 2;

    if (argc != 2 || argv[1][0] == '\0') {
        fputs("用法：check_folder 文件夹\n", stderr);
    } else {
        memset(&action, 0, sizeof action);
        action.sa_handler = interrupt;
        sigaction(SIGINT, &action, NULL);

        code = walk(argv[1], sources) == 0 ? 0 : 2;
        /* 0 threads: as many as the machine runs at once. */
        status = gongkai_parse_many(sources, NULL, checks, 0, progress, terminal, &batch, &error);
        if (terminal != NULL)
            fputs("\r\033[K", terminal); /* Wipes the progress line. */
        if (status == GONGKAI_E_CANCELLED) {
            fputs("已取消\n", stderr);
            code = 130;
        } else if (status != GONGKAI_OK) {
            gongkai_error_message(error, GONGKAI_ZH, &message, NULL);
            fprintf(stderr, "%s\n", message);
            code = 2;
        }
        for (i = 0; i < gongkai_batch_count(batch); i++) {
            int one = list(batch, i);
            code = one > code ? one : code;
        }
        if (fflush(stdout) != 0 || ferror(stdout)) {
            fprintf(stderr, "无法写入：%s\n", strerror(errno));
            code = 2;
        }
    }
    gongkai_error_free(error);
    gongkai_batch_free(batch);
    gongkai_check_options_free(checks);
    gongkai_sources_free(sources);
    return code;
}
