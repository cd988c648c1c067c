/* Between SQLite and the system: LD_PRELOAD, Linux. Compiled by benchmarks/preloaded.py.
   Lets the k-th call of a kind on a database's files fail; or kills the process in the k-th call that changes any file; or
   writes down on a tape what is done to the files of a folder. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/types.h>
#include <unistd.h>

enum { NONE, WRITE, SHORT, SYNC, READ, SHM, OPEN, KILL };
static int armed = NONE, lasting = 0, tearing = 0;
static long fail_at = 0, seen = 0;

/* From now on call number `at` of this kind fails; lasting: and all after it. */
void fault_arm(int kind, long at, int last) { armed = kind; fail_at = at; lasting = last; seen = 0; tearing = 0; }
long fault_seen(void) { return seen; }

static int due(void) { seen++; return seen == fail_at || (lasting && seen > fail_at); }
/* Before a call that changes a file. */
static void dies(void) { if (armed == KILL && due()) kill(getpid(), SIGKILL); }

static int names_database(const char *path) { return strstr(path, "/drill.db") != NULL && strstr(path, ".lock") == NULL; }

/* 0: no file of the database; 1: the database, its -wal or -journal; 2: its -shm. */
static int which(int fd) {
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = 0;
    if (!names_database(path)) return 0;
    return strstr(path, "-shm") ? 2 : 1;
}

static int tape_fd = -1;
static char root[4096];
/* From now on all that changes the files below a folder is written down. */
void fault_tape(const char *name, const char *folder) {
    int (*real)(const char *, int, ...) = (int (*)(const char *, int, ...))dlsym(RTLD_NEXT, "open64");
    snprintf(root, sizeof root, "%s", folder);
    tape_fd = real(name, O_WRONLY | O_CREAT | O_APPEND, 0600);
}
static int taped(const char *path) {
    return tape_fd >= 0 && (path[0] != '/' || !strncmp(path, root, strlen(root))) && !strstr(path, "-shm") && !strstr(path, ".lock");
}

#define REAL(result, name, ...) \
    static result (*real)(__VA_ARGS__) = NULL; \
    if (!real) real = (result (*)(__VA_ARGS__))dlsym(RTLD_NEXT, name)

static ssize_t really_write(int fd, const void *data, size_t size) {
    REAL(ssize_t, "write", int, const void *, size_t);
    return real(fd, data, size);
}
/* "what path number size\n" and the bytes. */
static void note(const char *what, const char *path, long number, const void *data, size_t size) {
    char head[8300];
    int length = snprintf(head, sizeof head, "%s\t%s\t%ld\t%zu\n", what, path, number, data ? size : 0);
    if (really_write(tape_fd, head, length) != length || (data && really_write(tape_fd, data, size) != (ssize_t)size)) abort();
}
static void note_fd(const char *what, int fd, long number, const void *data, size_t size) {
    char link[64], path[4096];
    if (tape_fd < 0) return;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return;
    path[length] = 0;
    if (taped(path)) note(what, path, number, data, size);
}

static ssize_t writes(ssize_t (*real)(int, const void *, size_t, off64_t), int fd, const void *data, size_t size, off64_t at) {
    int file = armed ? which(fd) : 0;
    if (file == 1 && tearing) { tearing = 0; errno = ENOSPC; return -1; }
    if (file == 1 && armed == WRITE && due()) { errno = ENOSPC; return -1; }
    if (file == 1 && armed == SHORT && due()) { tearing = 1; return real(fd, data, size / 2, at); }
    if (file == 2 && armed == SHM && due()) { errno = EIO; return -1; }
    if (armed == KILL && due()) { real(fd, data, size / 2, at); kill(getpid(), SIGKILL); }
    note_fd("write", fd, at, data, size);
    return real(fd, data, size, at);
}
ssize_t pwrite(int fd, const void *data, size_t size, off_t at) {
    REAL(ssize_t, "pwrite64", int, const void *, size_t, off64_t);
    return writes(real, fd, data, size, at);
}
ssize_t pwrite64(int fd, const void *data, size_t size, off64_t at) {
    REAL(ssize_t, "pwrite64", int, const void *, size_t, off64_t);
    return writes(real, fd, data, size, at);
}
/* Files of Python's own, which are written from their beginning to their end. */
ssize_t write(int fd, const void *data, size_t size) {
    if (fd > 2 && armed == KILL && due()) { really_write(fd, data, size / 2); kill(getpid(), SIGKILL); }
    if (fd > 2 && tape_fd >= 0) note_fd("write", fd, lseek(fd, 0, SEEK_CUR), data, size);
    return really_write(fd, data, size);
}
int fdatasync(int fd) {
    REAL(int, "fdatasync", int);
    dies();
    note_fd("sync", fd, 0, NULL, 0);
    if (armed == SYNC && which(fd) == 1 && due()) { errno = EIO; return -1; }
    return real(fd);
}
int fsync(int fd) {
    REAL(int, "fsync", int);
    dies();
    note_fd("sync", fd, 0, NULL, 0);
    if (armed == SYNC && which(fd) == 1 && due()) { errno = EIO; return -1; }
    return real(fd);
}
static ssize_t reads(ssize_t (*real)(int, void *, size_t, off64_t), int fd, void *data, size_t size, off64_t at) {
    if (armed == READ && which(fd) == 1 && due()) { errno = EIO; return -1; }
    return real(fd, data, size, at);
}
ssize_t pread(int fd, void *data, size_t size, off_t at) {
    REAL(ssize_t, "pread64", int, void *, size_t, off64_t);
    return reads(real, fd, data, size, at);
}
ssize_t pread64(int fd, void *data, size_t size, off64_t at) {
    REAL(ssize_t, "pread64", int, void *, size_t, off64_t);
    return reads(real, fd, data, size, at);
}
int ftruncate(int fd, off_t size) {
    REAL(int, "ftruncate64", int, off64_t);
    dies();
    int file = armed ? which(fd) : 0;
    if ((file == 2 && armed == SHM && due()) || (file == 1 && armed == WRITE && due())) { errno = EIO; return -1; }
    note_fd("truncate", fd, size, NULL, 0);
    return real(fd, size);
}
int unlink(const char *path) {
    REAL(int, "unlink", const char *);
    dies();
    if (taped(path)) note("unlink", path, 0, NULL, 0);
    return real(path);
}
int rename(const char *old, const char *new) {
    REAL(int, "rename", const char *, const char *);
    dies();
    if (taped(old)) note("rename", old, 0, new, strlen(new));
    return real(old, new);
}
int mkdir(const char *path, mode_t mode) {
    REAL(int, "mkdir", const char *, mode_t);
    dies();
    int made = real(path, mode);
    if (made == 0 && taped(path)) note("mkdir", path, 0, NULL, 0);
    return made;
}
int ftruncate64(int fd, off64_t size) { return ftruncate(fd, size); }
void *mmap64(void *where, size_t size, int how, int flags, int fd, off64_t at) {
    REAL(void *, "mmap64", void *, size_t, int, int, int, off64_t);
    if (armed == SHM && fd >= 0 && which(fd) == 2 && due()) { errno = ENOMEM; return MAP_FAILED; }
    return real(where, size, how, flags, fd, at);
}
void *mmap(void *where, size_t size, int how, int flags, int fd, off_t at) { return mmap64(where, size, how, flags, fd, at); }
static int opens(const char *path, int flags, mode_t mode) {
    REAL(int, "open64", const char *, int, ...);
    if (armed == OPEN && names_database(path) && due()) { errno = EMFILE; return -1; }
    return real(path, flags, mode);
}
int open(const char *path, int flags, ...) {
    va_list rest; va_start(rest, flags); mode_t mode = va_arg(rest, mode_t); va_end(rest);
    return opens(path, flags, mode);
}
int open64(const char *path, int flags, ...) {
    va_list rest; va_start(rest, flags); mode_t mode = va_arg(rest, mode_t); va_end(rest);
    return opens(path, flags, mode);
}
