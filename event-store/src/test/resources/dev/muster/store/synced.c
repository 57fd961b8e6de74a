/*
 * Writes down what a process has synced of the files below one folder, so that a test can take away all the rest, as a loss
 * of power may. Loaded before a process by LD_PRELOAD. From the environment:
 *
 *   SYNCED_FOLDER   the folder, by its real path
 *   SYNCED_JOURNAL  the file to write to, line by line:
 *                     S <inode> <length>                      a file was synced when it had that length
 *                     D <name> <inode> <name> <inode> ...     the folder was synced when these were in it
 *   SYNCED_KEPT     a folder on the same file system, where files stay that were deleted or replaced (named by their inodes),
 *                   since without a sync of the folder they may come back; and what small files held when they were synced
 *                   (<inode>.synced), since those may be written over in place
 *   SYNCED_LIE      if set: of files whose names end so, a sync is promised and not done
 *
 * What is written down was taken before the sync began, and is written after it ended.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SMALL 64
#define JOURNAL_LINE (1 << 18)

static const char *setting(const char *name) {
    const char *value = getenv(name);
    return value == NULL ? "" : value;
}

static int below(const char *path) {
    const char *folder = setting("SYNCED_FOLDER");
    size_t length = strlen(folder);
    return length > 0 && strncmp(path, folder, length) == 0 && (path[length] == '/' || path[length] == 0);
}

/* One write, so that lines of two threads do not meet. */
static void note(const char *line) {
    int journal = open(setting("SYNCED_JOURNAL"), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    size_t length = strlen(line);
    if (journal < 0 || write(journal, line, length) != (ssize_t) length) {
        abort();
    }
    close(journal);
}

static void keep(const char *path) {
    struct stat is;
    char kept[PATH_MAX];
    if (below(path) && stat(path, &is) == 0 && S_ISREG(is.st_mode)) {
        snprintf(kept, sizeof kept, "%s/%lu", setting("SYNCED_KEPT"), (unsigned long) is.st_ino);
        link(path, kept);
    }
}

static void keep_content(int fd, const struct stat *is, const char *content, ssize_t length) {
    char kept[PATH_MAX], making[PATH_MAX + 32];
    snprintf(kept, sizeof kept, "%s/%lu.synced", setting("SYNCED_KEPT"), (unsigned long) is->st_ino);
    snprintf(making, sizeof making, "%s.%d.%d", kept, fd, (int) gettid());
    int to = open(making, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (to < 0 || write(to, content, length) != length) {
        abort();
    }
    close(to);
    int (*real_rename)(const char *, const char *) = dlsym(RTLD_NEXT, "rename");
    real_rename(making, kept);
}

static void list(const char *folder, char *line) {
    size_t at = (size_t) sprintf(line, "D");
    DIR *entries = opendir(folder);
    struct dirent *entry;
    while (entries != NULL && (entry = readdir(entries)) != NULL) {
        if (entry->d_type == DT_REG && at < JOURNAL_LINE - 300) {
            at += (size_t) sprintf(line + at, " %s %lu", entry->d_name, (unsigned long) entry->d_ino);
        }
    }
    if (entries != NULL) {
        closedir(entries);
    }
    strcpy(line + at, "\n");
}

static int ends_with(const char *text, const char *end) {
    size_t length = strlen(text), of_end = strlen(end);
    return of_end > 0 && length >= of_end && strcmp(text + length - of_end, end) == 0;
}

static int synced(int fd, const char *call) {
    int (*real)(int) = dlsym(RTLD_NEXT, call);
    char link_to[64], path[PATH_MAX];
    struct stat is;
    snprintf(link_to, sizeof link_to, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link_to, path, sizeof path - 1);
    if (length < 0 || fstat(fd, &is) != 0) {
        return real(fd);
    }
    path[length] = 0;
    if (!below(path)) {
        return real(fd);
    }
    if (ends_with(path, setting("SYNCED_LIE"))) {
        return 0;
    }
    if (S_ISDIR(is.st_mode)) {
        char *line = malloc(JOURNAL_LINE);
        list(path, line);
        int result = real(fd);
        if (result == 0) {
            note(line);
        }
        free(line);
        return result;
    }
    char content[SMALL], line[64];
    int from = is.st_size <= SMALL ? open(link_to, O_RDONLY | O_CLOEXEC) : -1;
    ssize_t small = from < 0 ? -1 : pread(from, content, (size_t) is.st_size, 0);
    if (from >= 0) {
        close(from);
    }
    int result = real(fd);
    if (result == 0) {
        if (small == is.st_size) {
            keep_content(fd, &is, content, small);
        }
        snprintf(line, sizeof line, "S %lu %ld\n", (unsigned long) is.st_ino, (long) is.st_size);
        note(line);
    }
    return result;
}

int fsync(int fd) {
    return synced(fd, "fsync");
}

int fdatasync(int fd) {
    return synced(fd, "fdatasync");
}

int unlink(const char *path) {
    int (*real)(const char *) = dlsym(RTLD_NEXT, "unlink");
    keep(path);
    return real(path);
}

int rename(const char *from, const char *to) {
    int (*real)(const char *, const char *) = dlsym(RTLD_NEXT, "rename");
    keep(to);
    return real(from, to);
}
