/// The style sheet of all pages.
///
/// It supports phones, and follows the light or dark mode of the reader's system.
enum StyleSheet {
  static let text = """
    :root {
      color-scheme: light dark;
      --paper: #ffffff; --raised: #f5f6f8; --line: #d9dce1; --ink: #1c1f24; --muted: #5b6470; --link: #0b57d0;
      --green: #146c2e; --green-paper: #e3f4e6; --red: #a3161b; --red-paper: #fbe6e6;
      --amber: #7a4b00; --amber-paper: #fdf0d5;
    }
    @media (prefers-color-scheme: dark) {
      :root {
        --paper: #15181d; --raised: #1e2229; --line: #343a44; --ink: #e4e7eb; --muted: #9ca5b1; --link: #8ab4f8;
        --green: #82d697; --green-paper: #173322; --red: #f39a9a; --red-paper: #41201f;
        --amber: #f0c26b; --amber-paper: #3a2c12;
      }
    }
    * { box-sizing: border-box; }
    html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
    body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
    a { color: var(--link); text-decoration: none; }
    a:hover { text-decoration: underline; }
    a:focus-visible, button:focus-visible, input:focus-visible, select:focus-visible {
      outline: 2px solid var(--link); outline-offset: 2px;
    }
    body > header {
      display: flex; flex-wrap: wrap; align-items: center; gap: .25rem 1.25rem;
      padding: .75rem 1.25rem; background: var(--raised); border-bottom: 1px solid var(--line);
    }
    body > header nav { display: flex; flex-wrap: wrap; align-items: center; gap: .25rem 1rem; min-width: 0; }
    body > header nav a[aria-current] { color: var(--ink); font-weight: 600; }
    .name { color: var(--ink); font-weight: 700; }
    main { max-width: 76rem; margin: 0 auto; padding: 1rem 1.25rem 3rem; }
    h1 { font-size: 1.5rem; line-height: 1.25; margin: .5rem 0 .75rem; overflow-wrap: anywhere; }
    h2 { font-size: 1.1rem; margin: 1.75rem 0 .5rem; }
    code, pre, .hash, .path, .crumbs { font-family: ui-monospace, "DejaVu Sans Mono", monospace; font-size: .9em; }
    pre {
      margin: .5rem 0 1rem; padding: .75rem 1rem; overflow-x: auto;
      background: var(--raised); border: 1px solid var(--line); border-radius: 6px;
    }
    pre code { font-size: inherit; }
    pre.message { white-space: pre-wrap; overflow-wrap: anywhere; }
    .scroll { overflow-x: auto; border: 1px solid var(--line); border-radius: 6px; }
    table { border-collapse: collapse; width: 100%; }
    th, td { padding: .4rem .75rem; text-align: left; vertical-align: baseline; }
    th { color: var(--muted); background: var(--raised); font-size: .85rem; font-weight: 600; white-space: nowrap; }
    tbody tr { border-top: 1px solid var(--line); }
    td.number, th.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
    td.path { overflow-wrap: anywhere; min-width: 9rem; }
    td.message { min-width: 12rem; overflow-wrap: anywhere; }
    td > .hash, td > .muted, td > .badge, td > span > .badge { white-space: nowrap; }
    .muted { color: var(--muted); }
    .crumbs { display: flex; flex-wrap: wrap; gap: 0 .35rem; margin: .25rem 0; overflow-wrap: anywhere; }
    .badge {
      display: inline-block; max-width: 100%; padding: 0 .5rem; overflow-wrap: anywhere;
      border: 1px solid var(--line); border-radius: 1rem; font-size: .85rem;
    }
    .added, .patch { color: var(--green); }
    .removed, .major { color: var(--red); }
    .updated, .minor { color: var(--amber); }
    .badge.added, .badge.patch { background: var(--green-paper); border-color: transparent; }
    .badge.removed, .badge.major { background: var(--red-paper); border-color: transparent; }
    .badge.updated, .badge.minor { background: var(--amber-paper); border-color: transparent; }
    .note { padding: .5rem .75rem; background: var(--amber-paper); color: var(--amber); border-radius: 6px; }
    .facts { margin: .75rem 0; }
    .facts > div { display: flex; gap: .25rem 1rem; padding: .2rem 0; }
    .facts dt { flex: 0 0 7rem; color: var(--muted); }
    .facts dd { margin: 0; min-width: 0; overflow-wrap: anywhere; }
    .facts ul { margin: 0; padding: 0; list-style: none; }
    .pages { display: flex; gap: 1.25rem; justify-content: center; margin: 1rem 0; }
    .search { display: flex; flex-wrap: wrap; align-items: end; gap: .75rem 1rem; }
    .search > div { flex: 1 1 11rem; }
    .search label { display: block; color: var(--muted); font-size: .85rem; }
    .search input, .search select, .search button {
      width: 100%; padding: .45rem .6rem; font: inherit; color: inherit;
      background: var(--paper); border: 1px solid var(--line); border-radius: 6px;
    }
    .search button { width: auto; padding: .45rem 1.25rem; background: var(--raised); cursor: pointer; }
    @media (max-width: 40rem) {
      main { padding: .75rem .75rem 2rem; }
      body > header { padding: .6rem .75rem; }
      th, td { padding: .4rem .5rem; }
      .facts > div { display: block; padding: .35rem 0; }
      .list thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
      .list tr { display: flex; flex-wrap: wrap; gap: 0 1rem; padding: .4rem .6rem; }
      .list td { display: block; padding: .1rem 0; }
      .list td:empty { display: none; }
      .list td.path, .list td.message { flex: 1 1 100%; }
    }

    """
}
