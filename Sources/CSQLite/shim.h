#pragma once
#include <sqlite3.h>

/* Swift cannot call variadic functions. */
static inline int shim_keep_log_on_close(sqlite3 *connection) {
  return sqlite3_db_config(connection, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, (int *)0);
}

/* What SQLite allocates and links up for each connection beforehand is 35 pages of memory, most of which a process that
   asks five questions never uses. */
static inline void shim_save_memory(void) {
  sqlite3_config(SQLITE_CONFIG_PAGECACHE, (void *)0, 0, 0);
  sqlite3_config(SQLITE_CONFIG_LOOKASIDE, 128, 64);
  sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}
