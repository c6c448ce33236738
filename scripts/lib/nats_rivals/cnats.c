// Does what Tests/NATSMeasuring does, with the C client: `cnats URL BUCKET`. It has no object store.
#include <nats/nats.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { LONGEST_KEY = 64, PATIENCE = 10000 };

static jsCtx *js;
static kvStore *store;
static const char *bucket;

static void check(natsStatus status, const char *what) {
  if (status != NATS_OK) {
    fprintf(stderr, "%s: %s\n", what, natsStatus_GetText(status));
    exit(1);
  }
}

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec + time.tv_nsec / 1e9;
}

static int compare(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static void print_percentiles(double *times, int count) {
  qsort(times, count, sizeof *times, compare);
  printf("%.9f %.9f\n", times[count / 2], times[count * 99 / 100]);
}

static char *value_of(int size) {
  char *value = malloc(size);
  memset(value, 'x', size);
  return value;
}

static void put(int count, int size) {
  double *times = calloc(count, sizeof *times);
  char key[LONGEST_KEY], *value = value_of(size);
  for (int number = 0; number < count; number++) {
    snprintf(key, sizeof key, "k%d", number);
    double began = now();
    check(kvStore_Put(NULL, store, key, value, size), "put");
    times[number] = now() - began;
  }
  print_percentiles(times, count);
  free(value);
  free(times);
}

static void get(int count) {
  double *times = calloc(count, sizeof *times);
  char key[LONGEST_KEY];
  for (int number = 0; number < count; number++) {
    kvEntry *entry = NULL;
    snprintf(key, sizeof key, "k%d", number);
    double began = now();
    check(kvStore_Get(&entry, store, key), "get");
    times[number] = now() - began;
    kvEntry_Destroy(entry);
  }
  print_percentiles(times, count);
  free(times);
}

static void pipelined(int count, int size) {
  char subject[LONGEST_KEY * 2], *value = value_of(size);
  double began = now();
  for (int number = 0; number < count; number++) {
    snprintf(subject, sizeof subject, "$KV.%s.k%d", bucket, number);
    check(js_PublishAsync(js, subject, value, size, NULL), "publish");
  }
  jsPubOptions options;
  jsPubOptions_Init(&options);
  options.MaxWait = PATIENCE;
  check(js_PublishAsyncComplete(js, &options), "publish");
  printf("%.9f\n", now() - began);
  free(value);
}

// Its own list of keys ends too early where there are many, so keys are taken off a watch too.
static void scan(bool only_headers) {
  kvWatchOptions options;
  kvWatcher *watcher = NULL;
  kvWatchOptions_Init(&options);
  options.MetaOnly = only_headers;
  options.IgnoreDeletes = true;
  double began = now(), count = 0, bytes = 0;
  check(kvStore_WatchAll(&watcher, store, &options), "watch");
  while (true) {
    kvEntry *entry = NULL;
    check(kvWatcher_Next(&entry, watcher, PATIENCE), "watch");
    if (entry == NULL) break;
    count++;
    bytes += kvEntry_ValueLen(entry);
    kvEntry_Destroy(entry);
  }
  kvWatcher_Destroy(watcher);
  printf("%.9f %.0f %.0f\n", now() - began, count, bytes);
}

static void report(jsCtx *context, jsPubAckErr *error, void *closure) { check(error->Err, "publish"); }

int main(int argc, char **argv) {
  natsConnection *connection = NULL;
  jsOptions options;
  kvConfig configuration;
  if (argc != 3) return 2;
  bucket = argv[2];
  check(natsConnection_ConnectTo(&connection, argv[1]), "connect");
  jsOptions_Init(&options);
  options.PublishAsync.MaxPending = 512;
  options.PublishAsync.StallWait = PATIENCE;
  options.PublishAsync.ErrHandler = report;
  check(natsConnection_JetStream(&js, connection, &options), "JetStream");
  kvConfig_Init(&configuration);
  configuration.Bucket = bucket;
  configuration.History = 1;
  if (js_KeyValue(&store, js, bucket) != NATS_OK) check(js_CreateKeyValue(&store, js, &configuration), "bucket");
  char line[128], command[32];
  int first, second;
  while (fgets(line, sizeof line, stdin)) {
    first = second = 0;
    if (sscanf(line, "%31s %d %d", command, &first, &second) < 1) continue;
    if (!strcmp(command, "put")) put(first, second);
    else if (!strcmp(command, "get")) get(first);
    else if (!strcmp(command, "pipelined")) pipelined(first, second);
    else if (!strcmp(command, "keys")) scan(true);
    else if (!strcmp(command, "scan")) scan(false);
    else printf("\n");
    fflush(stdout);
  }
  return 0;
}
