/*
 * Who may read what is in the data folder: keys and secrets rest on this. Administrators and the system everything, the
 * service its configuration, and it writes state and logs; nobody else anything.
 */
#include "service.h"
#include <aclapi.h>
#include <sddl.h>

/* Of NT SERVICE\scim-connector: SHA-1 of the name in capitals, so it holds before the service is made. */
#define SERVICE_SID L"S-1-5-80-2544614185-3931639796-3632622671-2191579103-416616856"
#define READ L"0x1200a9"
#define MODIFY L"0x1301bf"

static BYTE sid[SECURITY_MAX_SID_SIZE];

/* The account may have been changed to a managed one of the domain. Returns its SID as text, to be freed. */
static wchar_t *sid_of(const wchar_t *account) {
  wchar_t domain[256], *text = NULL;
  DWORD size = sizeof sid, domain_size = 256;
  SID_NAME_USE use;
  PSID service;
  if (!wcsncmp(account, L".\\", 2)) account += 2; /* of this machine */
  if (wcscmp(account, ACCOUNT) && LookupAccountNameW(NULL, account, sid, &size, domain, &domain_size, &use)) {
    ConvertSidToStringSidW(sid, &text);
  } else if (ConvertStringSidToSidW(SERVICE_SID, &service)) {
    CopySid(sizeof sid, sid, service);
    ConvertSidToStringSidW(service, &text);
    LocalFree(service);
  }
  return text;
}

static BOOL is_ours(PSID owner) {
  BYTE user[sizeof(TOKEN_USER) + SECURITY_MAX_SID_SIZE];
  DWORD size;
  HANDLE token;
  if (IsWellKnownSid(owner, WinBuiltinAdministratorsSid) || IsWellKnownSid(owner, WinLocalSystemSid)) return TRUE;
  if (EqualSid(owner, sid)) return TRUE;
  if (!OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, &token)) return FALSE;
  BOOL mine = GetTokenInformation(token, TokenUser, user, sizeof user, &size) &&
              EqualSid(owner, ((TOKEN_USER *)user)->User.Sid);
  CloseHandle(token);
  return mine;
}

/* Anybody may make a folder in ProgramData before us, or a link to another one; its owner could always read what is in it. */
static BOOL is_trusted(const wchar_t *folder) {
  PSECURITY_DESCRIPTOR descriptor;
  PSID owner;
  HANDLE file = CreateFileW(folder, READ_CONTROL, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL, OPEN_EXISTING,
                            FILE_FLAG_BACKUP_SEMANTICS | FILE_FLAG_OPEN_REPARSE_POINT, NULL);
  if (file == INVALID_HANDLE_VALUE) return FALSE;
  BOOL trusted = FALSE;
  if (GetSecurityInfo(file, SE_FILE_OBJECT, OWNER_SECURITY_INFORMATION, &owner, NULL, NULL, NULL, &descriptor) == ERROR_SUCCESS) {
    trusted = is_ours(owner);
    LocalFree(descriptor);
  }
  CloseHandle(file);
  return trusted;
}

/* A new folder has its rights from the first moment. */
static int protect_folder(const wchar_t *folder, const wchar_t *account_sid, const wchar_t *rights) {
  wchar_t text[600];
  SECURITY_ATTRIBUTES attributes = { sizeof attributes, NULL, FALSE };
  PACL list;
  BOOL present, defaulted;
  swprintf(text, 600, L"O:BAD:PAI(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;%ls;;;%ls)", rights, account_sid);
  if (!ConvertStringSecurityDescriptorToSecurityDescriptorW(text, SDDL_REVISION_1, &attributes.lpSecurityDescriptor, NULL))
    return fail(L"describing the rights on the data folder");
  BOOL done = CreateDirectoryW(folder, &attributes);
  if (!done && GetLastError() == ERROR_ALREADY_EXISTS) {
    if (!is_trusted(folder)) {
      say(STD_ERROR_HANDLE, L"%ls belongs to somebody who is no administrator: look at it, then remove it\n", folder);
      return 1;
    }
    GetSecurityDescriptorDacl(attributes.lpSecurityDescriptor, &present, &list, &defaulted);
    SetLastError(SetNamedSecurityInfoW((LPWSTR)folder, SE_FILE_OBJECT, DACL_SECURITY_INFORMATION | PROTECTED_DACL_SECURITY_INFORMATION,
                                       NULL, NULL, list, NULL));
    done = GetLastError() == ERROR_SUCCESS;
  }
  LocalFree(attributes.lpSecurityDescriptor);
  return done ? 0 : fail(L"setting the rights on the data folder");
}

int protect_folders(const wchar_t *account) {
  static wchar_t folder[LONG_PATH];
  wchar_t *account_sid = sid_of(account);
  if (!account_sid) return fail(L"looking up the service's account");
  int failed = protect_folder(data_folder, account_sid, READ);
  for (int i = 0; i < 2 && !failed; i++) {
    swprintf(folder, LONG_PATH, L"%ls\\%ls", data_folder, i ? L"logs" : L"state");
    failed = protect_folder(folder, account_sid, MODIFY);
  }
  LocalFree(account_sid);
  return failed;
}

/* `path` holds a folder and has room for LONG_PATH. Links are removed and not followed. */
static BOOL remove_tree(wchar_t *path) {
  WIN32_FIND_DATAW entry;
  size_t length = wcslen(path);
  BOOL done = TRUE;
  wcscat(path, L"\\*");
  HANDLE search = FindFirstFileW(path, &entry);
  for (BOOL more = search != INVALID_HANDLE_VALUE; more; more = FindNextFileW(search, &entry)) {
    BOOL folder = entry.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY;
    if (!wcscmp(entry.cFileName, L".") || !wcscmp(entry.cFileName, L"..")) continue;
    if (length + wcslen(entry.cFileName) + 4 > LONG_PATH) continue;
    swprintf(path + length, LONG_PATH - length, L"\\%ls", entry.cFileName);
    if (folder && !(entry.dwFileAttributes & FILE_ATTRIBUTE_REPARSE_POINT)) {
      done = remove_tree(path) && done;
      continue;
    }
    if (entry.dwFileAttributes & FILE_ATTRIBUTE_READONLY) SetFileAttributesW(path, FILE_ATTRIBUTE_NORMAL);
    done = (folder ? RemoveDirectoryW(path) : DeleteFileW(path)) && done;
  }
  if (search != INVALID_HANDLE_VALUE) FindClose(search);
  path[length] = 0;
  return RemoveDirectoryW(path) && done;
}

int purge(void) {
  /* A link was put there by an administrator; what it leads to is theirs. */
  static wchar_t path[LONG_PATH];
  DWORD attributes = GetFileAttributesW(data_folder);
  if (attributes == INVALID_FILE_ATTRIBUTES) return 0;
  /* So that files deep inside can be named. */
  swprintf(path, LONG_PATH, L"\\\\?\\%ls", data_folder);
  BOOL done = attributes & FILE_ATTRIBUTE_REPARSE_POINT ? RemoveDirectoryW(path) : remove_tree(path);
  return done ? 0 : fail(L"removing configuration and data");
}
