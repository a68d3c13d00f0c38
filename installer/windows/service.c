/*
 * scim-connector-service.exe: makes scim-connector.exe a Windows service.
 *
 *   (no argument)     started by the service manager: runs  scim-connector.exe serve  and stops it by closing its input
 *   install           makes or mends the service, its account, rights on the folders, recovery and event source
 *   protect           only the rights on the folders
 *   set-up [ANSWERS]  configures and starts it; after an upgrade backs up, checks and starts it
 *   start, stop       wait until it is done
 *   reload            makes it read its configuration again, as  sc control scim-connector paramchange  does
 *   status            as JSON
 *   uninstall         stops and removes the service and the event source; configuration and data stay
 *   purge             removes configuration and data
 *
 * Build: npm run package -- win-x64
 */
#include "service.h"

enum { STOP, END, LISTENING, RELOAD, EVENTS };

static SERVICE_STATUS_HANDLE handle;
static HANDLE events[EVENTS];
static CRITICAL_SECTION reporting;

/* The service's own thread and the one that is told to stop: none may take back what the other has said. */
static void report(DWORD state, DWORD code) {
  static DWORD said, check_point = 1;
  BOOL pending = state == SERVICE_START_PENDING || state == SERVICE_STOP_PENDING;
  SERVICE_STATUS status = { .dwServiceType = SERVICE_WIN32_OWN_PROCESS, .dwCurrentState = state };
  if (state == SERVICE_RUNNING)
    status.dwControlsAccepted = SERVICE_ACCEPT_STOP | SERVICE_ACCEPT_PRESHUTDOWN | SERVICE_ACCEPT_PARAMCHANGE;
  status.dwWin32ExitCode = code ? ERROR_SERVICE_SPECIFIC_ERROR : NO_ERROR;
  status.dwServiceSpecificExitCode = code;
  status.dwWaitHint = pending ? STOP_WAIT + 5000 : 0;
  EnterCriticalSection(&reporting);
  if (said != SERVICE_STOPPED && !(said == SERVICE_STOP_PENDING && state == SERVICE_RUNNING)) {
    status.dwCheckPoint = pending ? check_point++ : 0;
    said = state;
    SetServiceStatus(handle, &status);
  }
  LeaveCriticalSection(&reporting);
}

static DWORD WINAPI control(DWORD code, DWORD type, LPVOID event, LPVOID context) {
  (void)type; (void)event; (void)context;
  switch (code) {
    case SERVICE_CONTROL_STOP:
    case SERVICE_CONTROL_PRESHUTDOWN: /* before the others are shut down: there is time to let requests finish */
      /* Before we answer: who asks again meanwhile, as Windows Installer and we do, is told that it stops already. */
      report(SERVICE_STOP_PENDING, 0);
      SetEvent(events[STOP]);
      return NO_ERROR;
    case SERVICE_CONTROL_PARAMCHANGE: /* read the configuration again */
      SetEvent(events[RELOAD]);
      return NO_ERROR;
    case SERVICE_CONTROL_INTERROGATE:
      return NO_ERROR;
    default:
      return ERROR_CALL_NOT_IMPLEMENTED;
  }
}

static void end_by_request(struct connector *connector, HANDLE copier, struct output *output) {
  DWORD code = 0;
  CloseHandle(connector->input);
  BOOL slow = WaitForSingleObject(connector->process, STOP_WAIT) != WAIT_OBJECT_0;
  if (slow) TerminateProcess(connector->process, 1);
  WaitForSingleObject(copier, 5000);
  GetExitCodeProcess(connector->process, &code);
  if (slow) log_event(SLOW_STOP, L"The connector did not stop in time and was ended.");
  else if (code) log_event(SLOW_STOP, L"The connector stopped with code %lu. It said last:\n\n%ls", code, tail_of(output));
  else log_event(STOPPED, L"Stopped.");
}

/* Returns the code for the service manager: other than 0 makes it start us again. */
static DWORD end_by_itself(struct connector *connector, HANDLE copier, struct output *output) {
  DWORD code = 1;
  GetExitCodeProcess(connector->process, &code);
  WaitForSingleObject(copier, 5000);
  if (code == EXIT_USAGE) {
    log_event(REFUSED, L"The connector refuses its configuration and is not started again: put it right (scim-connector "
                       L"check), then: scim-connector service start. It said last:\n\n%ls", tail_of(output));
    return 0;
  }
  log_event(ENDED, L"The connector ended by itself with code %lu. It said last:\n\n%ls", code, tail_of(output));
  return code ? code : 1;
}

/* Until the connector has ended. Returns the code for the service manager. */
static DWORD run(void) {
  static struct output output;
  static wchar_t words[LONG_PATH + 100];
  struct connector connector;
  DWORD written;
  if (!exists(config_file)) {
    log_event(NOT_CONFIGURED, L"There is no configuration yet. Make it in an elevated prompt: scim-connector init");
    return 0;
  }
  swprintf(words, LONG_PATH + 100, L"serve --stop-on-stdin-end --config \"%ls\"", config_file);
  DWORD error = start_connector(words, &connector);
  if (error != NO_ERROR) {
    log_event(NOT_STARTED, L"scim-connector.exe cannot be started (error %lu). Is it beside scim-connector-service.exe?", error);
    return error;
  }
  events[END] = connector.process;
  output.from = connector.output;
  output.log = NAME;
  output.listening = events[LISTENING];
  HANDLE copier = CreateThread(NULL, 0, copy_output, &output, 0, NULL);
  for (BOOL running = FALSE;;) {
    switch (WaitForMultipleObjects(EVENTS, events, FALSE, running ? INFINITE : START_WAIT)) {
      case WAIT_OBJECT_0 + STOP:
        end_by_request(&connector, copier, &output);
        return 0;
      case WAIT_OBJECT_0 + END:
        return end_by_itself(&connector, copier, &output);
      case WAIT_OBJECT_0 + RELOAD:
        WriteFile(connector.input, "reload\n", 7, &written, NULL);
        break;
      default: /* it listens, or takes long */
        if (running) break;
        running = TRUE;
        report(SERVICE_RUNNING, 0);
        log_event(STARTED, L"Started.");
    }
  }
}

static void WINAPI service_main(DWORD argc, LPWSTR *argv) {
  (void)argc; (void)argv;
  for (int i = 0; i < EVENTS; i++) events[i] = CreateEventW(NULL, FALSE, FALSE, NULL);
  InitializeCriticalSection(&reporting);
  handle = RegisterServiceCtrlHandlerExW(NAME, control, NULL);
  report(SERVICE_START_PENDING, 0);
  report(SERVICE_STOPPED, run());
}

int wmain(int argc, wchar_t **argv) {
  static const struct { const wchar_t *name; int (*run)(void); } verbs[] = {
    { L"install", install }, { L"protect", protect }, { L"start", start },         { L"stop", stop },
    { L"reload", reload },   { L"status", status },   { L"uninstall", uninstall }, { L"purge", purge },
  };
  find_folders();
  if (argc == 1) {
    SERVICE_TABLE_ENTRYW table[] = { { NAME, service_main }, { NULL, NULL } };
    if (StartServiceCtrlDispatcherW(table)) return 0;
    say(STD_ERROR_HANDLE, L"The service manager starts this. By hand: scim-connector service start\n");
    return 1;
  }
  if (!wcscmp(argv[1], L"set-up")) return set_up(argc > 2 && argv[2][0] ? argv[2] : NULL);
  for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
    if (!wcscmp(argv[1], verbs[i].name)) return verbs[i].run();
  say(STD_ERROR_HANDLE, L"install, protect, set-up, start, stop, reload, status, uninstall or purge\n");
  return 2;
}
