/* What went wrong in a verb of the command line: for the person, and for the Event Log. */
#include "service.h"

int fail(const wchar_t *what) {
  DWORD error = GetLastError();
  const wchar_t *hint = error == ERROR_ACCESS_DENIED ? L": use an elevated prompt" : L"";
  say(STD_ERROR_HANDLE, L"%ls failed (error %lu)%ls\n", what, error, hint);
  /* msiexec shows nothing of it. */
  log_event(NOT_DONE, L"scim-connector-service.exe: %ls failed (error %lu)%ls", what, error, hint);
  return 1;
}
