// Generated from the Rust types; the test `boundary_types` holds it current and says how to renew it.

export type Answer =
  | { "kind": "response" } & Response
  | { "kind": "redirected" }
  | { "kind": "too_large" }
  | { "kind": "offline" }
  | { "kind": "timed_out" }
  | { "kind": "failed" };

export type CaseKey = { host: string, ticket: number };

export type ChannelSeen = "internal" | "public" | "unknown";

export type Effect =
  | { "type": "read", id: number, url: string, accept: string }
  | { "type": "fetch", id: number, url: string, follow: string | null }
  | { "type": "wait", id: number, ms: number }
  | { "type": "page", tab: number, job: Job }
  | { "type": "ask_page", tab: number, effect: number }
  | { "type": "open_tab", url: string, token: number }
  | { "type": "remind", url: string, at_ms: number }
  | { "type": "forget", url: string }
  | { "type": "settings", entries: Record<string, unknown> }
  | { "type": "release_host", origin: string }
  | { "type": "open_settings" }
  | { "type": "open_shortcuts" }
  | { "type": "focus_tab", tab: number }
  | { "type": "reload_tab", tab: number }
  | { "type": "badge", text: string, color: string, title: string };

export type Event =
  | { "type": "woke" }
  | { "type": "browser", agent: string }
  | { "type": "tab_seen", tab: number, url: string, front: boolean }
  | { "type": "tab_seen_in", tab: number, window: number, url: string, active: boolean, focused: boolean }
  | { "type": "tab_replaced", old: number, new: number }
  | { "type": "window_closed", window: number }
  | { "type": "tab_created", tab: number, opener: number | null }
  | { "type": "tab_closed", tab: number }
  | { "type": "tab_opened", tab: number, token: number }
  | { "type": "host_access", missing: Array<string> }
  | { "type": "panel_opened" }
  | { "type": "panel_in", window: number }
  | { "type": "panel_gone", window: number }
  | { "type": "panel_closed" }
  | { "type": "not_saved", why: string }
  | { "type": "saved_again" }
  | { "type": "portal_page", tab: number, url: string, html: string }
  | { "type": "portal_page_open_before", tab: number, url: string, html: string }
  | { "type": "answered", id: number }
  | { "type": "fetched", id: number }
  | { "type": "selected", tab: number, text: string }
  | { "type": "file_given", case: CaseKey | null, window: number | null, name: string, size: number, base64: string }
  | { "type": "waited", id: number }
  | { "type": "page_result", tab: number, effect: number, outcome: PageOutcome }
  | { "type": "page_unreachable", effect: number, why: Unreachable }
  | { "type": "page_has_job", effect: number, has: boolean }
  | { "type": "reminders", set: Array<Reminder> }
  | { "type": "settings", settings: Settings }
  | { "type": "settings_not_saved", paths: Array<string>, why: string }
  | { "type": "page_opened", page: Page, keys: Record<string, string>, extension: string }
  | { "type": "page_closed", page: Page }
  | { "type": "import_given", text: string }
  | { "type": "shortcut", name: string, tab: number, window: number, url: string }
  | { "type": "command", case: CaseKey | null, window: number | null, name: string, fields: Record<string, string> };

export type Expected = { path: string, holds: unknown };

export type Hosts = { portal: Array<string>, zendesk: Array<string> };

export type Job =
  | { "kind": "write_note", effect: number, ticket: number, html: string, lines: Array<string>, again: boolean, selectors: Selectors }
  | { "kind": "write_reply", effect: number, ticket: number, html: string, lines: Array<string>, again: boolean, status: string, submit_menu: SubmitMenu, selectors: Selectors }
  | { "kind": "take_reply_out", effect: number, ticket: number, lines: Array<string>, links: Array<string>, selectors: Selectors }
  | { "kind": "look_at_ticket", effect: number, ticket: number, saved_ms: number, lines: Array<string>, selectors: Selectors }
  | { "kind": "request", effect: number, ticket: number | null, user: number | null, method: string, path: string, body: unknown, expected: Array<Expected>, selectors: Selectors }
  | { "kind": "fill_key", effect: number, key: string }
  | { "kind": "diagnose_portal", effect: number }
  | { "kind": "diagnose_zendesk", effect: number, user: number | null, selectors: Selectors }
  | { "kind": "take_page", effect: number }
  | { "kind": "fill_organization", effect: number, user: number, name: string, replaces: string | null, expected: Array<Expected>, selectors: Selectors };

export type Looked = { path: string, hidden: boolean, counts: Record<string, ([all: number, here: number] | null)[]>, offers: Record<string, string[]>, composer: string | null, channel: ChannelSeen | null, organization: string | null };

export type Page = "options" | "welcome";

export type PageOutcome =
  | { "kind": "written", text: string, status?: StatusChoice | null }
  | { "kind": "already_there" }
  | { "kind": "taken_out" }
  | { "kind": "draft_changed" }
  | { "kind": "shows_saved" }
  | { "kind": "outdated" }
  | { "kind": "wrong_ticket", front: number | null }
  | { "kind": "no_composer" }
  | { "kind": "hidden_composer" }
  | { "kind": "side_conversation" }
  | { "kind": "messaging_composer", channel: string }
  | { "kind": "old_composer" }
  | { "kind": "composer_of_ticket", ticket: number | null }
  | { "kind": "submit_button" }
  | { "kind": "not_internal", channel: string }
  | { "kind": "not_public", channel: string }
  | { "kind": "internal_draft", text: string }
  | { "kind": "answered", answer: Answer }
  | { "kind": "wrong_page", front: string }
  | { "kind": "hidden" }
  | { "kind": "signed_out" }
  | { "kind": "no_token" }
  | { "kind": "chosen", shown: string }
  | { "kind": "already", shown: string }
  | { "kind": "no_field" }
  | { "kind": "field_shows", shown: string }
  | { "kind": "several_organizations" }
  | { "kind": "not_as_expected", path: string }
  | { "kind": "filled" }
  | { "kind": "key_field_in_use" }
  | { "kind": "several", count: number }
  | { "kind": "no_entry", seen: Array<string> }
  | { "kind": "not_arrived", text: string }
  | { "kind": "moved", front: number | null }
  | { "kind": "ambiguous", what: string }
  | { "kind": "page", url: string, html: string }
  | { "kind": "looked" } & Looked
  | { "kind": "failed", why: string };

export type Reminder = { url: string, at_ms: number };

export type Response = { status: number, url: string, content_type: string, retry_after?: string | null, mitigated?: string | null, body: string };

export type Selectors = { active_pane: Array<string>, pane_ticket: Array<string>, active_tab: Array<string>, composer: Array<string>, channel_button: Array<string>, channel_internal: Array<string>, channel_public: Array<string>, submit_button: Array<string>, submit_menu_button: Array<string>, submit_menu_entry: Array<string>, user_pane: Array<string>, organization_field: Array<string>, organization_labels: Array<string> };

export type Settings = { sync: Record<string, string>, managed: string | null };

export type StatusChoice = "chosen" | "left" | "not_found";

export type SubmitMenu = "submits" | "chooses";

export type Turn = { effects: Array<Effect>, save: Array<[string, string | null]>, views: Array<[number, string]>, storable: Array<[number, CaseKey]>, signed_out: Array<string>, pages: Array<[Page, string]>, wake_at: number | null };

export type Unreachable = string;
