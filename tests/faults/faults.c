/* Faults on order, put in front of the C library by LD_PRELOAD: a full disk, a disk that cannot sync, a wrong clock.
 *
 * The file that WINDOWSHOP_FAULTS names holds one word, read anew at every call: `full`, `sync`, `clock SECONDS`, or
 * nothing. Only database files are touched, told by their names. The file is read by system calls, for the functions of
 * the library are what is replaced here. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static int ordered(const char *word, long *number) {
  const char *path = getenv("WINDOWSHOP_FAULTS");
  if (!path) return 0;
  int file = (int)syscall(SYS_openat, AT_FDCWD, path, O_RDONLY | O_CLOEXEC, 0);
  if (file < 0) return 0;
  char text[64] = {0};
  long length = syscall(SYS_read, file, text, sizeof text - 1);
  syscall(SYS_close, file);
  if (length <= 0 || strncmp(text, word, strlen(word)) != 0) return 0;
  if (number) *number = strtol(text + strlen(word), NULL, 10);
  return 1;
}

static int is_database(int file) {
  char link[64], path[4096] = {0};
  snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  return syscall(SYS_readlinkat, AT_FDCWD, link, path, sizeof path - 1) > 0 && strstr(path, ".sqlite") != NULL;
}

#define NEXT(type, name) static type (*next)() ; if (!next) next = (type (*)())dlsym(RTLD_NEXT, name)

ssize_t write(int file, const void *bytes, size_t length) {
  NEXT(ssize_t, "write");
  if (is_database(file) && ordered("full", NULL)) { errno = ENOSPC; return -1; }
  return next(file, bytes, length);
}

ssize_t pwrite(int file, const void *bytes, size_t length, off_t at) {
  NEXT(ssize_t, "pwrite");
  if (is_database(file) && ordered("full", NULL)) { errno = ENOSPC; return -1; }
  return next(file, bytes, length, at);
}

ssize_t pwrite64(int file, const void *bytes, size_t length, off64_t at) {
  NEXT(ssize_t, "pwrite64");
  if (is_database(file) && ordered("full", NULL)) { errno = ENOSPC; return -1; }
  return next(file, bytes, length, at);
}

int fsync(int file) {
  NEXT(int, "fsync");
  if (is_database(file) && ordered("sync", NULL)) { errno = EIO; return -1; }
  return next(file);
}

int fdatasync(int file) {
  NEXT(int, "fdatasync");
  if (is_database(file) && ordered("sync", NULL)) { errno = EIO; return -1; }
  return next(file);
}

int clock_gettime(clockid_t clock, struct timespec *time) {
  long result = syscall(SYS_clock_gettime, clock, time), seconds = 0;
  if (result == 0 && clock == CLOCK_REALTIME && ordered("clock", &seconds)) time->tv_sec += seconds;
  return (int)result;
}
