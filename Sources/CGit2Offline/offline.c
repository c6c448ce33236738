/* Stands in for libgit2's TLS, SSH and HTTP objects, so that the static link needs none of their
   libraries (Documentation/decisions/0002). A name that libgit2 no longer asks for, or one missing here,
   is a link error. */
#include "offline.h"

int git_http__expect_continue = 0;

int git_mbedtls_stream_global_init(void) { return 0; }
int git_transport_ssh_global_init(void) { return 0; }

int git_mbedtls__set_cert_location(const char *file, const char *path) {
  (void)file, (void)path;
  return -1;
}
int git_mbedtls_stream_new(void **out, const char *host, const char *port) {
  (void)out, (void)host, (void)port;
  return -1;
}
int git_mbedtls_stream_wrap(void **out, void *in, const char *host) {
  (void)out, (void)in, (void)host;
  return -1;
}
int git_smart_subtransport_ssh(void **out, void *owner, void *parameter) {
  (void)out, (void)owner, (void)parameter;
  return -1;
}
int git_transport_ssh_with_paths(void **out, void *owner, void *payload) {
  (void)out, (void)owner, (void)payload;
  return -1;
}
int git_smart_subtransport_http(void **out, void *owner, void *parameter) {
  (void)out, (void)owner, (void)parameter;
  return -1;
}
