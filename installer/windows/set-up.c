/* What an installation does once the service is made. All it says is in logs\setup.log too: msiexec shows nothing. */
#include "service.h"

static int not_done(const wchar_t *what) {
  say(STD_ERROR_HANDLE, L"%ls: see %ls\\logs\\setup.log\n", what, data_folder);
  return 1;
}

/* Fails while going back to the version before is still possible. */
static int upgrade(void) {
  /* Windows Installer has asked it to, and may not have waited. */
  if (stop()) return 1;
  if (run_logged(L"upgrade --backup-only")) return not_done(L"There is no backup of configuration and data");
  if (run_logged(L"check")) return not_done(L"This version does not find everything in order");
  return start();
}

/* Fails when nothing was written. What only a person can mend afterwards, a missing secret perhaps, is no failure. */
static int configure(const wchar_t *answers) {
  static wchar_t words[3 * LONG_PATH], file[LONG_PATH];
  if (!GetFullPathNameW(answers, LONG_PATH, file, NULL)) wcscpy(file, answers);
  swprintf(words, 3 * LONG_PATH, L"init --answers \"%ls\" --token-file \"%ls\\token.txt\"", file, data_folder);
  if (run_logged(words)) return not_done(L"The answers were refused, nothing is configured");
  if (run_logged(L"check") || start()) not_done(L"Configured, but not running");
  return 0;
}

int set_up(const wchar_t *answers) {
  if (exists(config_file)) {
    if (answers) log_line(L"setup", L"There is a configuration already: the answers are not used.");
    return upgrade();
  }
  if (answers) return configure(answers);
  say(STD_OUTPUT_HANDLE, L"Not started: there is no configuration. Next, in an elevated prompt: scim-connector init\n");
  return 0;
}
