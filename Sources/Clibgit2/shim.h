#pragma once
#include <git2.h>
#include <git2/sys/commit.h>
#include <git2/sys/odb_backend.h>
#include <git2/sys/repository.h>

/* The offline stubs (CGit2Offline) and the memory measurements hold for this version only. */
#if LIBGIT2_VER_MAJOR != 1 || LIBGIT2_VER_MINOR != 5
#error "wasmstore needs libgit2 1.5"
#endif

/* A backend of ours, and what it works on. */
typedef struct {
  git_odb_backend base;
  void *folder;
} shim_object_backend;

/* Swift cannot call variadic functions. */
static inline int shim_set_option(int option, int value) { return git_libgit2_opts(option, value); }
static inline int shim_set_search_path(int level, const char *path) {
  return git_libgit2_opts(GIT_OPT_SET_SEARCH_PATH, level, path);
}
static inline int shim_set_cache_maximum(ssize_t bytes) {
  return git_libgit2_opts(GIT_OPT_SET_CACHE_MAX_SIZE, bytes);
}
static inline int shim_set_cache_object_limit(git_object_t type, size_t bytes) {
  return git_libgit2_opts(GIT_OPT_SET_CACHE_OBJECT_LIMIT, type, bytes);
}
static inline int shim_set_mmap_window(size_t window, size_t limit) {
  int status = git_libgit2_opts(GIT_OPT_SET_MWINDOW_SIZE, window);
  return status < 0 ? status : git_libgit2_opts(GIT_OPT_SET_MWINDOW_MAPPED_LIMIT, limit);
}
