/// The keys that wrangler knows. It goes on after others with a warning; here they end the run, for a key that is
/// misspelt would have something published elsewhere.
enum WranglerKeys {
  /// Those of the file itself, of wrangler 1 to 4.
  static let all: Set<String> = [
    "$schema", "account_id", "ai", "ai_search", "ai_search_namespaces", "alias", "analytics_engine_datasets",
    "artifacts",
    "assets", "base_dir", "browser", "build", "cache", "cloudchamber", "compatibility_date",
    "compatibility_flags",
    "compliance_region", "containers", "d1_databases", "data_blobs", "define", "dev", "dispatch_namespaces",
    "durable_objects", "entry-point", "env", "exports", "find_additional_modules", "first_party_worker",
    "hyperdrive",
    "images", "jsx_factory", "jsx_fragment", "keep_bindings", "keep_names", "keep_vars", "kv-namespaces",
    "kv_namespaces", "legacy_assets", "legacy_env", "limits", "logfwdr", "logpush", "main", "media",
    "migrations",
    "minify", "miniflare", "mtls_certificates", "name", "no_bundle", "node_compat", "observability",
    "pages_build_output_dir", "pages_functions_only", "pipelines", "placement", "preserve_file_names",
    "preview_urls",
    "previews", "private", "python_modules", "queues", "r2_buckets", "ratelimits", "route", "routes", "rules",
    "secrets",
    "secrets_store_secrets", "send_email", "send_metrics", "services", "site", "streaming_tail_consumers",
    "tail_consumers", "target_type", "text_blobs", "triggers", "tsconfig", "type", "unsafe",
    "unsafe_hello_world",
    "upload_source_maps", "usage_model", "vars", "vectorize", "version_metadata", "vpc_networks",
    "vpc_services",
    "wasm_modules", "webpack_config", "worker_loaders", "workers_dev", "workflows", "zone_id",
  ]

  /// Those of a namespace.
  static let namespace: Set<String> = ["binding", "experimental_remote", "id", "preview_id", "remote"]

  /// Those of a site.
  static let site: Set<String> = ["bucket", "entry-point", "exclude", "include"]
}
