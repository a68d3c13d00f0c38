/* The log: what the connector writes, kept by us so that files can be exchanged while it runs. And the Event Log. */
#include "service.h"
#include <stdarg.h>
#include <string.h>

/* One file of about this size and KEPT older ones. Unit: bytes. */
#define LOG_SIZE (10 * 1024 * 1024)
#define KEPT 5
/* Numbers of files that are not kept: the one written to, and one on its way between two names. */
#define CURRENT 0
#define ASIDE (-1)

static WORD type_of(enum event event) {
  if (event == STARTED || event == STOPPED) return EVENTLOG_INFORMATION_TYPE;
  return event == SLOW_STOP || event == NO_LOG ? EVENTLOG_WARNING_TYPE : EVENTLOG_ERROR_TYPE;
}

void log_event(enum event event, const wchar_t *format, ...) {
  /* Two threads may call this. Room for a path and a tail. */
  wchar_t text[LONG_PATH + 2 * TAIL];
  const wchar_t *strings = text;
  va_list values;
  va_start(values, format);
  vswprintf(text, LONG_PATH + 2 * TAIL, format, values);
  va_end(values);
  HANDLE log = RegisterEventSourceW(NULL, NAME);
  if (!log) return;
  ReportEventW(log, type_of(event), 0, event, NULL, 1, 0, &strings, NULL);
  DeregisterEventSource(log);
}

static void log_path(wchar_t *path, const wchar_t *name, int number) {
  int length = swprintf(path, LONG_PATH, L"%ls\\logs\\%ls", data_folder, name);
  if (number == CURRENT) swprintf(path + length, LONG_PATH - length, L".log");
  else if (number == ASIDE) swprintf(path + length, LONG_PATH - length, L".aside.log");
  else swprintf(path + length, LONG_PATH - length, L".%d.log", number);
}

static HANDLE open_log(const wchar_t *name) {
  static wchar_t path[LONG_PATH];
  log_path(path, name, CURRENT);
  /* Others may read it, rename it and remove it while we write. */
  return CreateFileW(path, FILE_APPEND_DATA, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL, OPEN_ALWAYS,
                     FILE_ATTRIBUTE_NORMAL, NULL);
}

static BOOL move(const wchar_t *name, int from_number, int to_number) {
  static wchar_t from[LONG_PATH], to[LONG_PATH];
  log_path(from, name, from_number);
  log_path(to, name, to_number);
  return MoveFileExW(from, to, MOVEFILE_REPLACE_EXISTING);
}

/* First out of the way: when somebody holds the file so that it cannot be renamed, the older ones must not move up. */
static BOOL rotate(const wchar_t *name) {
  if (!move(name, CURRENT, ASIDE)) return FALSE;
  for (int number = KEPT; number > 1; number--) move(name, number - 1, number);
  return move(name, ASIDE, 1);
}

static void remember(struct output *output, const char *text, DWORD length) {
  if (length > TAIL) { text += length - TAIL; length = TAIL; }
  DWORD keep = output->length + length > TAIL ? TAIL - length : output->length;
  memmove(output->tail, output->tail + output->length - keep, keep);
  memcpy(output->tail + keep, text, length);
  output->length = keep + length;
  output->tail[output->length] = 0;
  if (output->listening && strstr(output->tail, "listening on ")) {
    SetEvent(output->listening);
    output->listening = NULL;
  }
}

void log_line(const wchar_t *name, const wchar_t *text) {
  char line[3 * TAIL];
  SYSTEMTIME now;
  DWORD written;
  GetSystemTime(&now);
  int length = sprintf(line, "%04d-%02d-%02dT%02d:%02d:%02dZ ", now.wYear, now.wMonth, now.wDay, now.wHour, now.wMinute, now.wSecond);
  length += WideCharToMultiByte(CP_UTF8, 0, text, -1, line + length, sizeof line - length - 1, NULL, NULL);
  line[length - 1] = '\n';
  HANDLE log = open_log(name);
  if (log == INVALID_HANDLE_VALUE) return;
  WriteFile(log, line, length, &written, NULL);
  CloseHandle(log);
}

DWORD WINAPI copy_output(LPVOID parameter) {
  struct output *output = parameter;
  char buffer[8192];
  DWORD length, written;
  LARGE_INTEGER size;
  LONGLONG limit = LOG_SIZE;
  BOOL complained = FALSE;
  HANDLE log = INVALID_HANDLE_VALUE;
  while (ReadFile(output->from, buffer, sizeof buffer, &length, NULL) && length > 0) {
    remember(output, buffer, length);
    if (log == INVALID_HANDLE_VALUE) log = open_log(output->log);
    if (log == INVALID_HANDLE_VALUE || !WriteFile(log, buffer, length, &written, NULL)) {
      if (!complained) log_event(NO_LOG, L"%ls\\logs\\%ls.log cannot be written (error %lu): lines are lost.", data_folder,
                                 output->log, GetLastError());
      complained = TRUE;
      continue;
    }
    complained = FALSE;
    /* Between two lines. */
    if (buffer[length - 1] != '\n' || !GetFileSizeEx(log, &size) || size.QuadPart < limit) continue;
    CloseHandle(log);
    limit = rotate(output->log) ? LOG_SIZE : size.QuadPart + LOG_SIZE / 10;
    log = open_log(output->log);
  }
  if (log != INVALID_HANDLE_VALUE) CloseHandle(log);
  return 0;
}

const wchar_t *tail_of(struct output *output) {
  static wchar_t text[TAIL + 1];
  output->tail[output->length] = 0;
  if (!MultiByteToWideChar(CP_UTF8, 0, output->tail, -1, text, TAIL + 1)) text[0] = 0;
  return text;
}
