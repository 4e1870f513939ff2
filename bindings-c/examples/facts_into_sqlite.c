/* Facts and findings of reports into an SQLite database.
 *
 *     facts_into_sqlite DATABASE REPORT...
 *
 * Each report is one transaction: it is there as a whole or not at all, and running again
 * replaces it. A file that cannot be read has a record with the reason, and the others go on.
 * Exit code: 0 all read, 1 wrong call, 2 a file could not be read, 3 the database failed.
 */
#include <gongkai.h>
#include <sqlite3.h>
#include <stdio.h>

/* A decimal is text, exactly as printed: REAL would change amounts of money. `integer` has
 * the same number where it is whole, to count with. What is no number has neither, and its
 * status says why: a blank is not zero. */
static const char schema[] =
    "PRAGMA foreign_keys = ON;"
    "CREATE TABLE IF NOT EXISTS reports ("
    "  source TEXT PRIMARY KEY, agency TEXT, year INTEGER, edition TEXT,"
    "  error_code TEXT, error TEXT);"
    "CREATE TABLE IF NOT EXISTS facts ("
    "  source TEXT NOT NULL REFERENCES reports ON DELETE CASCADE, number INTEGER NOT NULL,"
    "  id TEXT NOT NULL, \"table\" TEXT NOT NULL, \"row\" TEXT NOT NULL, \"column\" TEXT NOT NULL,"
    "  value TEXT, integer INTEGER, unit TEXT, status TEXT NOT NULL, text TEXT NOT NULL,"
    "  PRIMARY KEY (source, number),"
    "  CHECK (status IN ('reported', 'blank', 'not_applicable', 'unreadable')),"
    "  CHECK ((value IS NOT NULL) = (status = 'reported')),"
    "  CHECK (integer IS NULL OR (typeof(integer) = 'integer' AND value IS NOT NULL)));"
    "CREATE TABLE IF NOT EXISTS findings ("
    "  source TEXT NOT NULL REFERENCES reports ON DELETE CASCADE, number INTEGER NOT NULL,"
    "  code TEXT NOT NULL, severity TEXT NOT NULL, verdict TEXT NOT NULL, expected TEXT,"
    "  actual TEXT, message TEXT NOT NULL, place TEXT, fingerprint TEXT NOT NULL,"
    "  PRIMARY KEY (source, number));";

/* By their numbers: GONGKAI_REPORTED and so on. */
static const char *const statuses[] = {"reported", "blank", "not_applicable", "unreadable", NULL};
static const char *const severities[] = {"info", "warning", "error", NULL};
static const char *const verdicts[] = {"failed", "unknown", NULL};

typedef struct {
    sqlite3 *connection;
    sqlite3_stmt *forget, *report, *fact, *finding;
} database;

/* The text at a place of a statement. Where the library has none, the place stays NULL:
 * sqlite3_clear_bindings came before. */
static int bind(sqlite3_stmt *statement, int place, int32_t status, const char *text, size_t length)
{
    if (status == GONGKAI_ABSENT)
        return 1;
    return status == GONGKAI_OK
        && sqlite3_bind_text64(statement, place, text, length, SQLITE_TRANSIENT, SQLITE_UTF8) == SQLITE_OK;
}

static int bind_name(sqlite3_stmt *statement, int place, const char *name)
{
    return sqlite3_bind_text(statement, place, name, -1, SQLITE_STATIC) == SQLITE_OK;
}

/* The name of a number; 0 for one that this program does not know. */
static int bind_number(sqlite3_stmt *statement, int place, const char *const *names, int32_t number)
{
    while (*names != NULL && number > 0) {
        names++;
        number--;
    }
    return number == 0 && *names != NULL && bind_name(statement, place, *names);
}

static void clear(sqlite3_stmt *statement, const char *source)
{
    sqlite3_reset(statement);
    sqlite3_clear_bindings(statement);
    bind_name(statement, 1, source);
}

static int put_report(database *db, const char *source, const gongkai_report *report)
{
    const char *text = NULL;
    size_t length = 0;
    int32_t year, status;
    int good = 1;

    clear(db->report, source);
    status = gongkai_report_text(report, "agency", &text, &length);
    good = good && bind(db->report, 2, status, text, length);
    if (gongkai_report_year(report, &year) == GONGKAI_OK)
        good = good && sqlite3_bind_int(db->report, 3, year) == SQLITE_OK;
    status = gongkai_report_text(report, "edition", &text, &length);
    good = good && bind(db->report, 4, status, text, length);
    return good && sqlite3_step(db->report) == SQLITE_DONE;
}

static int put_error(database *db, const char *source, const gongkai_error *error)
{
    const char *code = NULL, *message = NULL;

    gongkai_error_code(error, &code, NULL);
    gongkai_error_message(error, GONGKAI_ZH, &message, NULL);
    clear(db->report, source);
    return bind_name(db->report, 5, code) && bind_name(db->report, 6, message)
        && sqlite3_step(db->report) == SQLITE_DONE;
}

static int put_fact(database *db, const char *source, size_t number, const gongkai_fact *fact)
{
    typedef int32_t getter(const gongkai_fact *, const char **, size_t *);
    static const struct {
        int place;
        getter *get;
    } texts[] = {{3, gongkai_fact_id},    {4, gongkai_fact_table}, {5, gongkai_fact_row},
                 {6, gongkai_fact_column}, {7, gongkai_fact_value}, {9, gongkai_fact_unit},
                 {11, gongkai_fact_text}};
    sqlite3_stmt *statement = db->fact;
    const char *text = NULL;
    size_t length = 0, i;
    int64_t integer;
    int32_t status;
    int good;

    clear(statement, source);
    good = sqlite3_bind_int64(statement, 2, (sqlite3_int64)number) == SQLITE_OK;
    for (i = 0; i < sizeof texts / sizeof *texts; i++) {
        status = texts[i].get(fact, &text, &length);
        good = good && bind(statement, texts[i].place, status, text, length);
    }
    /* Only a whole number that fits: anything else stays NULL, and is in `value`. */
    if (gongkai_fact_int64(fact, &integer) == GONGKAI_OK)
        good = good && sqlite3_bind_int64(statement, 8, integer) == SQLITE_OK;
    good = good && gongkai_fact_status(fact, &status) == GONGKAI_OK
        && bind_number(statement, 10, statuses, status);
    return good && sqlite3_step(statement) == SQLITE_DONE;
}

static int put_finding(database *db, const char *source, size_t number, const gongkai_finding *finding)
{
    static const struct {
        int place;
        const char *name;
    } texts[] = {{3, "code"}, {6, "expected"}, {7, "actual"}, {10, "fingerprint"}};
    sqlite3_stmt *statement = db->finding;
    const gongkai_location *place;
    const char *text = NULL;
    size_t length = 0, i;
    int32_t status, severity, verdict;
    int good;

    clear(statement, source);
    good = sqlite3_bind_int64(statement, 2, (sqlite3_int64)number) == SQLITE_OK;
    for (i = 0; i < sizeof texts / sizeof *texts; i++) {
        status = gongkai_finding_text(finding, texts[i].name, &text, &length);
        good = good && bind(statement, texts[i].place, status, text, length);
    }
    status = gongkai_finding_message(finding, GONGKAI_ZH, &text, &length);
    good = good && bind(statement, 8, status, text, length);
    if (gongkai_finding_location(finding, 0, &place) == GONGKAI_OK) {
        status = gongkai_location_text(place, &text, &length);
        good = good && bind(statement, 9, status, text, length);
    }
    good = good && gongkai_finding_severity(finding, &severity) == GONGKAI_OK
        && gongkai_finding_verdict(finding, &verdict) == GONGKAI_OK
        && bind_number(statement, 4, severities, severity)
        && bind_number(statement, 5, verdicts, verdict);
    return good && sqlite3_step(statement) == SQLITE_DONE;
}

/* Everything of one report, or of the error in its place. */
static int put_all(database *db, const char *source, const gongkai_report *report,
                   const gongkai_findings *findings, const gongkai_error *error)
{
    const gongkai_fact *fact;
    const gongkai_finding *finding;
    size_t i;

    clear(db->forget, source);
    if (sqlite3_step(db->forget) != SQLITE_DONE)
        return 0;
    if (error != NULL)
        return put_error(db, source, error);
    if (!put_report(db, source, report))
        return 0;
    for (i = 0; gongkai_report_fact_at(report, i, &fact) == GONGKAI_OK; i++)
        if (!put_fact(db, source, i, fact))
            return 0;
    for (i = 0; gongkai_findings_at(findings, i, &finding) == GONGKAI_OK; i++)
        if (!put_finding(db, source, i, finding))
            return 0;
    return 1;
}

/* Reads and stores one file; 0, 2 or 3 as the exit code of the program. */
static int store(database *db, const char *path)
{
    gongkai_report *report = NULL;
    gongkai_findings *findings = NULL;
    gongkai_error *error = NULL;
    const char *message = "";
    int code = 0;

    if (gongkai_parse_file(path, NULL, &report, &error) != GONGKAI_OK
        || gongkai_check_all(report, NULL, &findings, &error) != GONGKAI_OK) {
        gongkai_error_message(error, GONGKAI_ZH, &message, NULL);
        fprintf(stderr, "%s：%s\n", path, message);
        code = 2;
    }
    if (sqlite3_exec(db->connection, "BEGIN IMMEDIATE", NULL, NULL, NULL) != SQLITE_OK
        || !put_all(db, path, report, findings, error)
        || sqlite3_exec(db->connection, "COMMIT", NULL, NULL, NULL) != SQLITE_OK) {
        fprintf(stderr, "%s：无法写入数据库：%s\n", path, sqlite3_errmsg(db->connection));
        if (!sqlite3_get_autocommit(db->connection))
            sqlite3_exec(db->connection, "ROLLBACK", NULL, NULL, NULL);
        code = 3;
    }
    gongkai_error_free(error);
    gongkai_findings_free(findings);
    gongkai_report_free(report);
    return code;
}

static int prepare(database *db, const char *sql, sqlite3_stmt **statement)
{
    return sqlite3_prepare_v2(db->connection, sql, -1, statement, NULL) == SQLITE_OK;
}

int main(int argc, char **argv)
{
    database db = {NULL, NULL, NULL, NULL, NULL};
    int i, code = 0;

    if (argc < 3) {
        fputs("用法：facts_into_sqlite 数据库 年报...\n", stderr);
        return 1;
    }
    if (sqlite3_open(argv[1], &db.connection) != SQLITE_OK
        || sqlite3_busy_timeout(db.connection, 10000) != SQLITE_OK
        || sqlite3_exec(db.connection, schema, NULL, NULL, NULL) != SQLITE_OK
        || !prepare(&db, "DELETE FROM reports WHERE source = ?1", &db.forget)
        || !prepare(&db, "INSERT INTO reports VALUES (?1, ?2, ?3, ?4, ?5, ?6)", &db.report)
        || !prepare(&db, "INSERT INTO facts VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)", &db.fact)
        || !prepare(&db, "INSERT INTO findings VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)", &db.finding)) {
        fprintf(stderr, "%s：无法打开数据库：%s\n", argv[1], sqlite3_errmsg(db.connection));
        code = 3;
    }
    for (i = 2; i < argc && code != 3; i++) {
        int one = store(&db, argv[i]);
        code = one > code ? one : code;
    }
    sqlite3_finalize(db.forget);
    sqlite3_finalize(db.report);
    sqlite3_finalize(db.fact);
    sqlite3_finalize(db.finding);
    if (sqlite3_close(db.connection) != SQLITE_OK)
        code = 3;
    return code;
}
