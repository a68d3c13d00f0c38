/*
 * Stands in for icacls.exe, which does nothing under Wine: notes in C:\icacls.log how many bytes or entries the file or
 * folder held, and what was asked.
 */
#define WIN32_LEAN_AND_MEAN
#include <windows.h>
#include <stdio.h>
#include <wchar.h>

static int entries(const wchar_t *folder) {
  wchar_t pattern[1000];
  WIN32_FIND_DATAW entry;
  int count = -2; /* "." and ".." */
  swprintf(pattern, 1000, L"%ls\\*", folder);
  HANDLE search = FindFirstFileW(pattern, &entry);
  for (BOOL more = search != INVALID_HANDLE_VALUE; more; more = FindNextFileW(search, &entry)) count++;
  return count;
}

int wmain(int argc, wchar_t **argv) {
  WIN32_FILE_ATTRIBUTE_DATA data;
  FILE *log = _wfopen(L"C:\\icacls.log", L"a, ccs=UTF-8");
  if (argc < 2 || !log || !GetFileAttributesExW(argv[1], GetFileExInfoStandard, &data)) return 1;
  BOOL folder = data.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY;
  fwprintf(log, L"%ls %ld", folder ? L"folder" : L"file", folder ? (long)entries(argv[1]) : (long)data.nFileSizeLow);
  for (int i = 1; i < argc; i++) fwprintf(log, L" %ls", argv[i]);
  fwprintf(log, L"\n");
  return fclose(log);
}
