/* Holds the file it is given open for 20 s, so that others may read and write it but not rename it. */
#include <windows.h>

int wmain(int argc, wchar_t **argv) {
  HANDLE file = argc < 2 ? INVALID_HANDLE_VALUE
                         : CreateFileW(argv[1], GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL, OPEN_EXISTING, 0, NULL);
  if (file == INVALID_HANDLE_VALUE) return 1;
  Sleep(20000);
  return 0;
}
