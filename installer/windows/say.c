/*
 * The C library would write UTF-16 to pipes that Node made (it calls them binary), and drop what is not in the code page
 * elsewhere.
 */
#include "service.h"
#include <stdarg.h>

void say(DWORD to, const wchar_t *format, ...) {
  wchar_t text[LONG_PATH + 1000];
  static char bytes[3 * (LONG_PATH + 1000)];
  HANDLE handle = GetStdHandle(to);
  DWORD mode, written;
  va_list values;
  va_start(values, format);
  int length = vswprintf(text, LONG_PATH + 1000, format, values);
  va_end(values);
  if (length <= 0) return;
  if (GetConsoleMode(handle, &mode)) {
    WriteConsoleW(handle, text, length, &written, NULL);
    return;
  }
  length = WideCharToMultiByte(CP_UTF8, 0, text, length, bytes, sizeof bytes, NULL, NULL);
  WriteFile(handle, bytes, length, &written, NULL);
}
