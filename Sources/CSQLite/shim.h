#pragma once
#include <sqlite3.h>

/* How long a statement waits for another process, in milliseconds. The catalog is a cache: an update that does not
   get through is made up for by the next. */
#define SHIM_BUSY_TIMEOUT 2000

/* Swift cannot call variadic functions. */
static inline int shim_keep_log_on_close(sqlite3 *connection) {
  return sqlite3_db_config(connection, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, (int *)0);
}

/* What SQLite does by itself, with two differences. It is done at a quarter of a megabyte instead of four, and in the end the
   log is cut to nothing: every later process reads the whole file. Nobody is waited for; what could not be done is
   left for the next time. */
static inline int shim_checkpoint(void *unused, sqlite3 *connection, const char *name, int pages) {
  (void)unused;
  if (pages < 64) return SQLITE_OK;
  sqlite3_busy_timeout(connection, 0);
  sqlite3_wal_checkpoint_v2(connection, name, SQLITE_CHECKPOINT_TRUNCATE, (int *)0, (int *)0);
  sqlite3_busy_timeout(connection, SHIM_BUSY_TIMEOUT);
  return SQLITE_OK;
}

static inline void shim_cut_log(sqlite3 *connection) {
  sqlite3_wal_hook(connection, shim_checkpoint, (void *)0);
}
