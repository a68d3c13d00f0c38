/* The service in the service manager's books: made, started, stopped, asked after and removed. */
#include "service.h"

#define SOURCE_KEY L"SYSTEM\\CurrentControlSet\\Services\\EventLog\\Application\\" NAME
/* Of the file that an upgrade replaces: longer than the service host takes to stop. Unit: ms. */
#define PATIENCE 40000
#define LOOK_EVERY 100

/* NULL with the last error when there is none, or we may not. */
static SC_HANDLE open_service(DWORD rights) {
  SC_HANDLE manager = OpenSCManagerW(NULL, NULL, SC_MANAGER_CONNECT);
  SC_HANDLE service = manager ? OpenServiceW(manager, NAME, rights) : NULL;
  DWORD error = GetLastError();
  if (manager) CloseServiceHandle(manager);
  SetLastError(error);
  return service;
}

static SERVICE_STATUS_PROCESS state_of(SC_HANDLE service) {
  SERVICE_STATUS_PROCESS state = { .dwCurrentState = SERVICE_STOPPED };
  DWORD size;
  QueryServiceStatusEx(service, SC_STATUS_PROCESS_INFO, (BYTE *)&state, sizeof state, &size);
  return state;
}

/* Allocated; NULL when it cannot be asked for. */
static QUERY_SERVICE_CONFIGW *config_of(SC_HANDLE service) {
  DWORD size = 8192;
  QUERY_SERVICE_CONFIGW *config = LocalAlloc(LPTR, size);
  if (config && QueryServiceConfigW(service, config, size, &size)) return config;
  LocalFree(config);
  return NULL;
}

/* Start again after 2, 10, 60 s, also when we report the failure ourselves and do not crash. */
static void set_recovery(SC_HANDLE service) {
  SC_ACTION actions[3] = { { SC_ACTION_RESTART, 2000 }, { SC_ACTION_RESTART, 10000 }, { SC_ACTION_RESTART, 60000 } };
  SERVICE_FAILURE_ACTIONSW failure = { 86400, NULL, NULL, 3, actions };
  SERVICE_FAILURE_ACTIONS_FLAG flag = { TRUE };
  SERVICE_DELAYED_AUTO_START_INFO delayed = { TRUE };
  SERVICE_PRESHUTDOWN_INFO shutdown = { STOP_WAIT + 5000 };
  SERVICE_DESCRIPTIONW description = { L"Lets Okta's on-premises provisioning agent manage people here by SCIM." };
  /* All it needs; by default it could also impersonate whoever connects to it. */
  SERVICE_REQUIRED_PRIVILEGES_INFOW privileges = { L"SeChangeNotifyPrivilege\0" };
  ChangeServiceConfig2W(service, SERVICE_CONFIG_FAILURE_ACTIONS, &failure);
  ChangeServiceConfig2W(service, SERVICE_CONFIG_FAILURE_ACTIONS_FLAG, &flag);
  ChangeServiceConfig2W(service, SERVICE_CONFIG_DELAYED_AUTO_START_INFO, &delayed);
  ChangeServiceConfig2W(service, SERVICE_CONFIG_PRESHUTDOWN_INFO, &shutdown);
  ChangeServiceConfig2W(service, SERVICE_CONFIG_DESCRIPTION, &description);
  ChangeServiceConfig2W(service, SERVICE_CONFIG_REQUIRED_PRIVILEGES_INFO, &privileges);
}

/* eventcreate.exe holds messages 1 to 1000 that are the text given: no message file of our own is needed. */
static void make_event_source(void) {
  static const wchar_t messages[] = L"%SystemRoot%\\System32\\EventCreate.exe";
  DWORD types = EVENTLOG_ERROR_TYPE | EVENTLOG_WARNING_TYPE | EVENTLOG_INFORMATION_TYPE;
  DWORD custom = 1;
  HKEY key;
  if (RegCreateKeyExW(HKEY_LOCAL_MACHINE, SOURCE_KEY, 0, NULL, 0, KEY_WRITE, NULL, &key, NULL) != ERROR_SUCCESS) return;
  RegSetValueExW(key, L"EventMessageFile", 0, REG_EXPAND_SZ, (const BYTE *)messages, sizeof messages);
  RegSetValueExW(key, L"TypesSupported", 0, REG_DWORD, (const BYTE *)&types, sizeof types);
  /* Else eventcreate.exe, by which alerts are written, takes the source for an installed application's and refuses it. */
  RegSetValueExW(key, L"CustomSource", 0, REG_DWORD, (const BYTE *)&custom, sizeof custom);
  RegCloseKey(key);
}

/* Waits for one of the same name that was removed and is still held, by the list of services on somebody's screen. */
static SC_HANDLE make_service(const wchar_t *command) {
  SC_HANDLE manager = OpenSCManagerW(NULL, NULL, SC_MANAGER_CONNECT | SC_MANAGER_CREATE_SERVICE);
  if (!manager) return NULL;
  SC_HANDLE service = NULL;
  for (int waited = 0; !service; waited += LOOK_EVERY) {
    service = CreateServiceW(manager, NAME, L"SCIM Connector", SERVICE_ALL_ACCESS, SERVICE_WIN32_OWN_PROCESS, SERVICE_AUTO_START,
                             SERVICE_ERROR_NORMAL, command, NULL, NULL, NULL, ACCOUNT, NULL);
    if (service || GetLastError() != ERROR_SERVICE_MARKED_FOR_DELETE || waited >= PATIENCE) break;
    Sleep(LOOK_EVERY);
  }
  DWORD error = GetLastError();
  CloseServiceHandle(manager);
  SetLastError(error);
  return service;
}

int install(void) {
  static wchar_t command[LONG_PATH + 100];
  swprintf(command, LONG_PATH + 100, L"\"%ls\\scim-connector-service.exe\"", program_folder);
  SC_HANDLE service = make_service(command);
  if (!service && GetLastError() == ERROR_SERVICE_EXISTS) {
    /* The account and the way it starts may have been chosen by somebody. */
    service = open_service(SERVICE_CHANGE_CONFIG | SERVICE_START);
    if (service && !ChangeServiceConfigW(service, SERVICE_NO_CHANGE, SERVICE_NO_CHANGE, SERVICE_NO_CHANGE, command, NULL, NULL,
                                         NULL, NULL, NULL, NULL))
      return fail(L"changing the service");
  }
  if (!service) return fail(L"making the service");
  set_recovery(service);
  CloseServiceHandle(service);
  make_event_source();
  return protect();
}

int protect(void) {
  SC_HANDLE service = open_service(SERVICE_QUERY_CONFIG);
  QUERY_SERVICE_CONFIGW *config = service ? config_of(service) : NULL;
  int failed = protect_folders(config && config->lpServiceStartName ? config->lpServiceStartName : ACCOUNT);
  LocalFree(config);
  if (service) CloseServiceHandle(service);
  return failed;
}

/* Until it is running, or has ended again. */
int start(void) {
  SC_HANDLE service = open_service(SERVICE_START | SERVICE_QUERY_STATUS);
  if (!service) return fail(L"opening the service");
  if (!StartServiceW(service, 0, NULL) && GetLastError() != ERROR_SERVICE_ALREADY_RUNNING) return fail(L"starting the service");
  SERVICE_STATUS_PROCESS state = state_of(service);
  for (int waited = 0; state.dwCurrentState == SERVICE_START_PENDING && waited < PATIENCE; waited += LOOK_EVERY) {
    Sleep(LOOK_EVERY);
    state = state_of(service);
  }
  CloseServiceHandle(service);
  if (state.dwCurrentState == SERVICE_RUNNING) return 0;
  say(STD_ERROR_HANDLE, L"The service did not start (code %lu). The reason is in the Event Log, Application, source " NAME
           L", and in %ls\\logs\n", state.dwServiceSpecificExitCode, data_folder);
  return 1;
}

int reload(void) {
  SERVICE_STATUS ignored;
  SC_HANDLE service = open_service(SERVICE_PAUSE_CONTINUE);
  if (!service) return fail(L"opening the service");
  return ControlService(service, SERVICE_CONTROL_PARAMCHANGE, &ignored) ? 0 : fail(L"telling the service");
}

/* Until it has stopped and its files can be replaced. */
int stop(void) {
  SERVICE_STATUS ignored;
  SC_HANDLE service = open_service(SERVICE_STOP | SERVICE_QUERY_STATUS);
  if (!service) return GetLastError() == ERROR_SERVICE_DOES_NOT_EXIST ? 0 : fail(L"opening the service");
  SERVICE_STATUS_PROCESS state = state_of(service);
  HANDLE process = state.dwProcessId ? OpenProcess(SYNCHRONIZE, FALSE, state.dwProcessId) : NULL;
  BOOL asked = FALSE;
  for (int waited = 0; state.dwCurrentState != SERVICE_STOPPED && waited < PATIENCE; waited += LOOK_EVERY) {
    /* Refused while it starts. */
    if (state.dwCurrentState == SERVICE_RUNNING && !asked) asked = ControlService(service, SERVICE_CONTROL_STOP, &ignored);
    Sleep(LOOK_EVERY);
    state = state_of(service);
  }
  CloseServiceHandle(service);
  if (state.dwCurrentState != SERVICE_STOPPED) {
    say(STD_ERROR_HANDLE, L"The service did not stop within %d s\n", PATIENCE / 1000);
    return 1;
  }
  if (process) WaitForSingleObject(process, 5000);
  return 0;
}

int status(void) {
  SC_HANDLE service = open_service(SERVICE_QUERY_STATUS | SERVICE_QUERY_CONFIG);
  if (!service) {
    if (GetLastError() != ERROR_SERVICE_DOES_NOT_EXIST) return fail(L"opening the service");
    say(STD_OUTPUT_HANDLE, L"{\"installed\":false,\"running\":false,\"enabled\":false}\n");
    return 0;
  }
  SERVICE_STATUS_PROCESS state = state_of(service);
  QUERY_SERVICE_CONFIGW *config = config_of(service);
  BOOL running = state.dwCurrentState == SERVICE_RUNNING;
  BOOL enabled = config && config->dwStartType == SERVICE_AUTO_START;
  say(STD_OUTPUT_HANDLE, L"{\"installed\":true,\"running\":%ls,\"enabled\":%ls", running ? L"true" : L"false",
      enabled ? L"true" : L"false");
  if (state.dwProcessId) say(STD_OUTPUT_HANDLE, L",\"pid\":%lu", state.dwProcessId);
  say(STD_OUTPUT_HANDLE, L"}\n");
  return 0;
}

int uninstall(void) {
  static wchar_t left[LONG_PATH];
  SC_HANDLE service = open_service(DELETE);
  if (!service) return GetLastError() == ERROR_SERVICE_DOES_NOT_EXIST ? 0 : fail(L"opening the service");
  if (stop()) return 1;
  if (!DeleteService(service)) return fail(L"removing the service");
  CloseServiceHandle(service);
  RegDeleteKeyW(HKEY_LOCAL_MACHINE, SOURCE_KEY);
  /* What `upgrade` and `rollback` have put aside: no installer knows of it. */
  for (int i = 0; i < 2; i++) {
    swprintf(left, LONG_PATH, L"%ls\\scim-connector.exe.%ls", program_folder, i ? L"next" : L"previous");
    DeleteFileW(left);
  }
  return 0;
}
