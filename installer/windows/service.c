/*
 * scim-connector-service.exe: makes scim-connector.exe a Windows service.
 *
 *   (no argument)  started by the service manager: runs  scim-connector.exe serve  and stops it by closing its input
 *   install        makes the service, starting with the machine under its own virtual account, and does `configure`
 *   configure      rights on the folders, recovery actions, event source
 *   start-configured  starts the service when there is a configuration: after an upgrade
 *   uninstall      stops and removes the service and the event source; configuration and data stay
 *
 * Build: x86_64-w64-mingw32-gcc -O2 -s -municode -Wall -Wextra -o scim-connector-service.exe service.c
 */
#define WIN32_LEAN_AND_MEAN
#define _WIN32_WINNT 0x0601
#include <windows.h>
#include <aclapi.h>
#include <sddl.h>
#include <stdio.h>
#include <wchar.h>

#define NAME L"scim-connector"
#define ACCOUNT L"NT SERVICE\\scim-connector"
#define SOURCE_KEY L"SYSTEM\\CurrentControlSet\\Services\\EventLog\\Application\\" NAME
/* The service may use files whose path is longer than MAX_PATH. Unit: characters. */
#define LONG_PATH 32768
/* Longer than the connector's own grace for running requests, 10 s. Unit: ms. */
#define STOP_WAIT 25000
/* Log files: one of this size and KEPT older ones. Unit: bytes. */
#define LOG_SIZE (10 * 1024 * 1024)
#define KEPT 5
/* What the connector said last goes into the event of its end. Unit: bytes. */
#define TAIL 2000
/* The connector's exit code for a configuration it refuses: starting it again is of no use. */
#define EXIT_USAGE 2

static SERVICE_STATUS_HANDLE handle;
static SERVICE_STATUS status = { SERVICE_WIN32_OWN_PROCESS, SERVICE_START_PENDING, 0, NO_ERROR, 0, 0, STOP_WAIT + 5000 };
static HANDLE stop_event;
static HANDLE input;
static wchar_t program_folder[LONG_PATH], data_folder[LONG_PATH];

static void find_folders(void) {
  GetModuleFileNameW(NULL, program_folder, LONG_PATH);
  *wcsrchr(program_folder, L'\\') = 0;
  DWORD length = GetEnvironmentVariableW(L"ProgramData", data_folder, LONG_PATH - 100);
  if (length == 0 || length >= LONG_PATH - 100) wcscpy(data_folder, L"C:\\ProgramData");
  wcscat(data_folder, L"\\" NAME);
}

static void log_event(WORD type, const wchar_t *text) {
  HANDLE log = RegisterEventSourceW(NULL, NAME);
  if (!log) return;
  ReportEventW(log, type, 0, type == EVENTLOG_ERROR_TYPE ? 2 : 1, NULL, 1, 0, &text, NULL);
  DeregisterEventSource(log);
}

static void report(DWORD state, DWORD code) {
  static DWORD check_point = 1;
  BOOL pending = state == SERVICE_START_PENDING || state == SERVICE_STOP_PENDING;
  status.dwCurrentState = state;
  status.dwControlsAccepted =
      state == SERVICE_RUNNING ? SERVICE_ACCEPT_STOP | SERVICE_ACCEPT_SHUTDOWN | SERVICE_ACCEPT_PARAMCHANGE : 0;
  status.dwWin32ExitCode = code ? ERROR_SERVICE_SPECIFIC_ERROR : NO_ERROR;
  status.dwServiceSpecificExitCode = code;
  status.dwCheckPoint = pending ? check_point++ : 0;
  SetServiceStatus(handle, &status);
}

static DWORD WINAPI control(DWORD code, DWORD type, LPVOID event, LPVOID context) {
  (void)type; (void)event; (void)context;
  DWORD written;
  switch (code) {
    case SERVICE_CONTROL_STOP:
    case SERVICE_CONTROL_SHUTDOWN:
      report(SERVICE_STOP_PENDING, 0);
      SetEvent(stop_event);
      return NO_ERROR;
    case SERVICE_CONTROL_PARAMCHANGE: /* sc control scim-connector paramchange: read the configuration again */
      if (input) WriteFile(input, "reload\n", 7, &written, NULL);
      return NO_ERROR;
    case SERVICE_CONTROL_INTERROGATE:
      return NO_ERROR;
    default:
      return ERROR_CALL_NOT_IMPLEMENTED;
  }
}

/* The log: what the connector writes, kept by us so that files can be exchanged while it runs. */

struct output {
  HANDLE from;
  char tail[TAIL + 1];
  DWORD tail_length;
};

static void log_path(wchar_t *path, int number) {
  if (number == 0) swprintf(path, LONG_PATH, L"%ls\\logs\\" NAME L".log", data_folder);
  else swprintf(path, LONG_PATH, L"%ls\\logs\\" NAME L".%d.log", data_folder, number);
}

static HANDLE open_log(void) {
  static wchar_t path[LONG_PATH];
  log_path(path, 0);
  /* Others may read it, rename it and remove it while we write. */
  return CreateFileW(path, FILE_APPEND_DATA, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL, OPEN_ALWAYS,
                     FILE_ATTRIBUTE_NORMAL, NULL);
}

static HANDLE rotate(HANDLE log) {
  static wchar_t from[LONG_PATH], to[LONG_PATH];
  CloseHandle(log);
  for (int number = KEPT; number > 0; number--) {
    log_path(from, number - 1);
    log_path(to, number);
    MoveFileExW(from, to, MOVEFILE_REPLACE_EXISTING);
  }
  return open_log();
}

static void remember(struct output *output, const char *text, DWORD length) {
  if (length > TAIL) { text += length - TAIL; length = TAIL; }
  DWORD keep = output->tail_length + length > TAIL ? TAIL - length : output->tail_length;
  memmove(output->tail, output->tail + output->tail_length - keep, keep);
  memcpy(output->tail + keep, text, length);
  output->tail_length = keep + length;
}

static DWORD WINAPI copy_output(LPVOID parameter) {
  struct output *output = parameter;
  char buffer[8192];
  DWORD length, written;
  LARGE_INTEGER size;
  HANDLE log = open_log();
  while (ReadFile(output->from, buffer, sizeof buffer, &length, NULL) && length > 0) {
    remember(output, buffer, length);
    if (log == INVALID_HANDLE_VALUE) continue;
    WriteFile(log, buffer, length, &written, NULL);
    if (GetFileSizeEx(log, &size) && size.QuadPart > LOG_SIZE) log = rotate(log);
  }
  if (log != INVALID_HANDLE_VALUE) CloseHandle(log);
  return 0;
}

/* The connector */

static DWORD start(PROCESS_INFORMATION *process, struct output *output) {
  static wchar_t command[2 * LONG_PATH + 100];
  swprintf(command, 2 * LONG_PATH + 100,
           L"\"%ls\\scim-connector.exe\" serve --stop-on-stdin-end --config \"%ls\\connector.toml\"", program_folder,
           data_folder);
  SECURITY_ATTRIBUTES inherit = { sizeof inherit, NULL, TRUE };
  HANDLE input_read, output_write;
  if (!CreatePipe(&input_read, &input, &inherit, 0)) return GetLastError();
  if (!CreatePipe(&output->from, &output_write, &inherit, 0)) return GetLastError();
  SetHandleInformation(input, HANDLE_FLAG_INHERIT, 0);
  SetHandleInformation(output->from, HANDLE_FLAG_INHERIT, 0);

  STARTUPINFOW startup = { .cb = sizeof startup, .dwFlags = STARTF_USESTDHANDLES, .hStdInput = input_read,
                           .hStdOutput = output_write, .hStdError = output_write };
  DWORD flags = CREATE_NO_WINDOW | CREATE_SUSPENDED;
  if (!CreateProcessW(NULL, command, NULL, NULL, TRUE, flags, NULL, data_folder, &startup, process))
    return GetLastError();
  /* It never outlives the service. */
  HANDLE job = CreateJobObjectW(NULL, NULL);
  JOBOBJECT_EXTENDED_LIMIT_INFORMATION limit = { .BasicLimitInformation.LimitFlags = JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE };
  SetInformationJobObject(job, JobObjectExtendedLimitInformation, &limit, sizeof limit);
  AssignProcessToJobObject(job, process->hProcess);
  ResumeThread(process->hThread);
  CloseHandle(process->hThread);
  CloseHandle(input_read);
  CloseHandle(output_write);
  return NO_ERROR;
}

static void log_end(DWORD code, struct output *output) {
  static wchar_t text[2 * TAIL], said[TAIL + 1];
  output->tail[output->tail_length] = 0;
  if (!MultiByteToWideChar(CP_UTF8, 0, output->tail, -1, said, TAIL + 1)) said[0] = 0;
  swprintf(text, 2 * TAIL, L"The connector ended by itself with code %lu.%ls It said last:\n\n%ls", code,
           code == EXIT_USAGE ? L" It is not started again: put the configuration right (scim-connector check)." : L"",
           said);
  log_event(EVENTLOG_ERROR_TYPE, text);
}

/* Until the connector has ended. Returns the code for the service manager: other than 0 makes it start us again. */
static DWORD run(void) {
  static struct output output;
  static wchar_t config[LONG_PATH];
  PROCESS_INFORMATION process;
  swprintf(config, LONG_PATH, L"%ls\\connector.toml", data_folder);
  if (GetFileAttributesW(config) == INVALID_FILE_ATTRIBUTES) {
    log_event(EVENTLOG_ERROR_TYPE, L"There is no configuration yet. Make it in an elevated prompt: scim-connector init");
    return 0;
  }
  DWORD error = start(&process, &output);
  if (error != NO_ERROR) {
    log_event(EVENTLOG_ERROR_TYPE, L"scim-connector.exe cannot be started. Is it beside scim-connector-service.exe?");
    return error;
  }
  HANDLE copier = CreateThread(NULL, 0, copy_output, &output, 0, NULL);
  report(SERVICE_RUNNING, 0);
  log_event(EVENTLOG_INFORMATION_TYPE, L"Started.");

  HANDLE either[2] = { stop_event, process.hProcess };
  DWORD code = 0;
  if (WaitForMultipleObjects(2, either, FALSE, INFINITE) == WAIT_OBJECT_0) {
    HANDLE closing = input;
    input = NULL;
    CloseHandle(closing);
    if (WaitForSingleObject(process.hProcess, STOP_WAIT) != WAIT_OBJECT_0) {
      log_event(EVENTLOG_WARNING_TYPE, L"The connector did not stop in time and was ended.");
      TerminateProcess(process.hProcess, 1);
    }
    WaitForSingleObject(copier, 5000);
    log_event(EVENTLOG_INFORMATION_TYPE, L"Stopped.");
  } else {
    GetExitCodeProcess(process.hProcess, &code);
    WaitForSingleObject(copier, 5000);
    log_end(code, &output);
    if (code == EXIT_USAGE) code = 0;
    else if (code == 0) code = 1;
  }
  CloseHandle(process.hProcess);
  return code;
}

static void WINAPI service_main(DWORD argc, LPWSTR *argv) {
  (void)argc; (void)argv;
  handle = RegisterServiceCtrlHandlerExW(NAME, control, NULL);
  stop_event = CreateEventW(NULL, TRUE, FALSE, NULL);
  report(SERVICE_START_PENDING, 0);
  report(SERVICE_STOPPED, run());
}

/* Installation */

static int fail(const wchar_t *what) {
  DWORD error = GetLastError();
  fwprintf(stderr, L"%ls failed (error %lu)%ls\n", what, error,
           error == ERROR_ACCESS_DENIED ? L": use an elevated prompt" : L"");
  return 1;
}

/* Administrators, the system and the service: nobody else may even read what is in there. */
static void protect(const wchar_t *folder) {
  BYTE sid[SECURITY_MAX_SID_SIZE];
  wchar_t domain[256], *sid_text = NULL, access[600];
  DWORD sid_size = sizeof sid, domain_size = 256;
  SID_NAME_USE use;
  CreateDirectoryW(folder, NULL);
  wcscpy(access, L"D:PAI(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)");
  /* Known only once the service exists. 0x1301bf: modify. */
  if (LookupAccountNameW(NULL, ACCOUNT, sid, &sid_size, domain, &domain_size, &use) && ConvertSidToStringSidW(sid, &sid_text)) {
    swprintf(access + wcslen(access), 300, L"(A;OICI;0x1301bf;;;%ls)", sid_text);
    LocalFree(sid_text);
  }
  PSECURITY_DESCRIPTOR descriptor;
  PACL list;
  BOOL present, defaulted;
  if (!ConvertStringSecurityDescriptorToSecurityDescriptorW(access, SDDL_REVISION_1, &descriptor, NULL)) return;
  if (GetSecurityDescriptorDacl(descriptor, &present, &list, &defaulted))
    SetNamedSecurityInfoW((LPWSTR)folder, SE_FILE_OBJECT, DACL_SECURITY_INFORMATION | PROTECTED_DACL_SECURITY_INFORMATION,
                          NULL, NULL, list, NULL);
  LocalFree(descriptor);
}

static void make_folders(void) {
  static wchar_t folder[LONG_PATH];
  protect(data_folder);
  for (int i = 0; i < 2; i++) {
    swprintf(folder, LONG_PATH, L"%ls\\%ls", data_folder, i ? L"logs" : L"state");
    CreateDirectoryW(folder, NULL);
  }
}

/* Start again after 2, 10, 60 s, also when we report the failure ourselves and do not crash. */
static void set_recovery(SC_HANDLE service) {
  SC_ACTION actions[3] = { { SC_ACTION_RESTART, 2000 }, { SC_ACTION_RESTART, 10000 }, { SC_ACTION_RESTART, 60000 } };
  SERVICE_FAILURE_ACTIONSW failure = { 86400, NULL, NULL, 3, actions };
  SERVICE_FAILURE_ACTIONS_FLAG flag = { TRUE };
  SERVICE_DELAYED_AUTO_START_INFO delayed = { TRUE };
  SERVICE_DESCRIPTIONW description = { L"Lets Okta's on-premises provisioning agent manage people here by SCIM." };
  ChangeServiceConfig2W(service, SERVICE_CONFIG_FAILURE_ACTIONS, &failure);
  ChangeServiceConfig2W(service, SERVICE_CONFIG_FAILURE_ACTIONS_FLAG, &flag);
  ChangeServiceConfig2W(service, SERVICE_CONFIG_DELAYED_AUTO_START_INFO, &delayed);
  ChangeServiceConfig2W(service, SERVICE_CONFIG_DESCRIPTION, &description);
}

/* eventcreate.exe holds messages 1 to 1000 that are the text given: no message file of our own is needed. */
static void make_event_source(void) {
  static const wchar_t messages[] = L"%SystemRoot%\\System32\\EventCreate.exe";
  DWORD types = EVENTLOG_ERROR_TYPE | EVENTLOG_WARNING_TYPE | EVENTLOG_INFORMATION_TYPE;
  HKEY key;
  if (RegCreateKeyExW(HKEY_LOCAL_MACHINE, SOURCE_KEY, 0, NULL, 0, KEY_WRITE, NULL, &key, NULL) != ERROR_SUCCESS) return;
  RegSetValueExW(key, L"EventMessageFile", 0, REG_EXPAND_SZ, (const BYTE *)messages, sizeof messages);
  RegSetValueExW(key, L"TypesSupported", 0, REG_DWORD, (const BYTE *)&types, sizeof types);
  RegCloseKey(key);
}

static int configure(SC_HANDLE manager) {
  SC_HANDLE service = OpenServiceW(manager, NAME, SERVICE_CHANGE_CONFIG | SERVICE_START);
  if (!service) return fail(L"opening the service");
  set_recovery(service);
  CloseServiceHandle(service);
  make_folders();
  make_event_source();
  return 0;
}

static int install(SC_HANDLE manager) {
  static wchar_t command[LONG_PATH + 100];
  swprintf(command, LONG_PATH + 100, L"\"%ls\\scim-connector-service.exe\"", program_folder);
  SC_HANDLE service = CreateServiceW(manager, NAME, L"SCIM Connector", SERVICE_ALL_ACCESS, SERVICE_WIN32_OWN_PROCESS,
                                     SERVICE_AUTO_START, SERVICE_ERROR_NORMAL, command, NULL, NULL, NULL, ACCOUNT, NULL);
  if (!service && GetLastError() != ERROR_SERVICE_EXISTS) return fail(L"making the service");
  if (service) CloseServiceHandle(service);
  return configure(manager);
}

static int uninstall(SC_HANDLE manager) {
  SERVICE_STATUS now;
  SC_HANDLE service = OpenServiceW(manager, NAME, SERVICE_STOP | SERVICE_QUERY_STATUS | DELETE);
  if (!service) return GetLastError() == ERROR_SERVICE_DOES_NOT_EXIST ? 0 : fail(L"opening the service");
  ControlService(service, SERVICE_CONTROL_STOP, &now);
  for (int i = 0; i < 300 && QueryServiceStatus(service, &now) && now.dwCurrentState != SERVICE_STOPPED; i++) Sleep(100);
  if (!DeleteService(service)) return fail(L"removing the service");
  CloseServiceHandle(service);
  RegDeleteKeyW(HKEY_LOCAL_MACHINE, SOURCE_KEY);
  return 0;
}

static int start_configured(SC_HANDLE manager) {
  static wchar_t config[LONG_PATH];
  swprintf(config, LONG_PATH, L"%ls\\connector.toml", data_folder);
  if (GetFileAttributesW(config) == INVALID_FILE_ATTRIBUTES) {
    fputws(L"Not started: there is no configuration. Next, in an elevated prompt: scim-connector init\n", stdout);
    return 0;
  }
  SC_HANDLE service = OpenServiceW(manager, NAME, SERVICE_START);
  if (!service) return fail(L"opening the service");
  if (!StartServiceW(service, 0, NULL) && GetLastError() != ERROR_SERVICE_ALREADY_RUNNING) return fail(L"starting the service");
  CloseServiceHandle(service);
  return 0;
}

int wmain(int argc, wchar_t **argv) {
  find_folders();
  if (argc == 1) {
    SERVICE_TABLE_ENTRYW table[] = { { NAME, service_main }, { NULL, NULL } };
    if (StartServiceCtrlDispatcherW(table)) return 0;
    fputws(L"The service manager starts this. By hand: scim-connector-service.exe install | configure | start-configured | uninstall\n", stderr);
    return 1;
  }
  SC_HANDLE manager = OpenSCManagerW(NULL, NULL, SC_MANAGER_CONNECT | SC_MANAGER_CREATE_SERVICE);
  if (!manager) return fail(L"reaching the service manager");
  if (!wcscmp(argv[1], L"install")) return install(manager);
  if (!wcscmp(argv[1], L"configure")) return configure(manager);
  if (!wcscmp(argv[1], L"start-configured")) return start_configured(manager);
  if (!wcscmp(argv[1], L"uninstall")) return uninstall(manager);
  fputws(L"install, configure, start-configured or uninstall\n", stderr);
  return 2;
}
