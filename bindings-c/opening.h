/* Chinese open-government annual reports: bytes in, exact statistics out. The conventions
 * are in bindings-c/README.md; in short: handles are opaque; text that comes out is UTF-8
 * with a NUL after it, and lives as long as the handle it was asked of; results are the last
 * parameters, written only where the status is GONGKAI_OK, and NULL where they are not
 * wanted; a const handle may be used by any number of threads at once. */

@VERSIONS@

#if defined(_WIN32) && !defined(GONGKAI_STATIC)
#define GONGKAI_API __declspec(dllimport)
#else
#define GONGKAI_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* The structures of the Arrow C data and stream interfaces: part of no library, the same in
 * every header that has them, and guarded by these names. */

#ifndef ARROW_C_DATA_INTERFACE
#define ARROW_C_DATA_INTERFACE

#define ARROW_FLAG_DICTIONARY_ORDERED 1
#define ARROW_FLAG_NULLABLE 2
#define ARROW_FLAG_MAP_KEYS_SORTED 4

struct ArrowSchema {
    const char *format;
    const char *name;
    const char *metadata;
    int64_t flags;
    int64_t n_children;
    struct ArrowSchema **children;
    struct ArrowSchema *dictionary;
    void (*release)(struct ArrowSchema *);
    void *private_data;
};

struct ArrowArray {
    int64_t length;
    int64_t null_count;
    int64_t offset;
    int64_t n_buffers;
    int64_t n_children;
    const void **buffers;
    struct ArrowArray **children;
    struct ArrowArray *dictionary;
    void (*release)(struct ArrowArray *);
    void *private_data;
};

#endif

#ifndef ARROW_C_STREAM_INTERFACE
#define ARROW_C_STREAM_INTERFACE

struct ArrowArrayStream {
    int (*get_schema)(struct ArrowArrayStream *, struct ArrowSchema *out);
    int (*get_next)(struct ArrowArrayStream *, struct ArrowArray *out);
    const char *(*get_last_error)(struct ArrowArrayStream *);
    void (*release)(struct ArrowArrayStream *);
    void *private_data;
};

#endif

#ifdef __cplusplus
}
#endif
