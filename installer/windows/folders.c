/* Where the program lies, and its data. */
#include "service.h"

wchar_t program_folder[LONG_PATH], data_folder[LONG_PATH], config_file[LONG_PATH];

void find_folders(void) {
  GetModuleFileNameW(NULL, program_folder, LONG_PATH);
  *wcsrchr(program_folder, L'\\') = 0;
  DWORD length = GetEnvironmentVariableW(L"ProgramData", data_folder, LONG_PATH - 100);
  if (length == 0 || length >= LONG_PATH - 100) wcscpy(data_folder, L"C:\\ProgramData");
  wcscat(data_folder, L"\\" NAME);
  swprintf(config_file, LONG_PATH, L"%ls\\connector.toml", data_folder);
}

BOOL exists(const wchar_t *path) {
  return GetFileAttributesW(path) != INVALID_FILE_ATTRIBUTES;
}
