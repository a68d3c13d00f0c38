/* A running scim-connector.exe, its input and output in our hands. */
#include "service.h"

DWORD start_connector(const wchar_t *words, struct connector *connector) {
  static wchar_t program[LONG_PATH], command[3 * LONG_PATH];
  swprintf(program, LONG_PATH, L"%ls\\scim-connector.exe", program_folder);
  swprintf(command, 3 * LONG_PATH, L"\"%ls\" %ls", program, words);
  SECURITY_ATTRIBUTES inherit = { sizeof inherit, NULL, TRUE };
  HANDLE input_read, output_write;
  if (!CreatePipe(&input_read, &connector->input, &inherit, 0)) return GetLastError();
  if (!CreatePipe(&connector->output, &output_write, &inherit, 0)) return GetLastError();
  /* Our ends are ours alone: with a copy of them it would never see the end of its input. */
  SetHandleInformation(connector->input, HANDLE_FLAG_INHERIT, 0);
  SetHandleInformation(connector->output, HANDLE_FLAG_INHERIT, 0);

  STARTUPINFOW startup = { .cb = sizeof startup, .dwFlags = STARTF_USESTDHANDLES, .hStdInput = input_read,
                           .hStdOutput = output_write, .hStdError = output_write };
  PROCESS_INFORMATION process;
  BOOL started = CreateProcessW(program, command, NULL, NULL, TRUE, CREATE_NO_WINDOW | CREATE_SUSPENDED, NULL, data_folder,
                                &startup, &process);
  DWORD error = started ? NO_ERROR : GetLastError();
  CloseHandle(input_read);
  CloseHandle(output_write);
  if (!started) return error;
  /* Closed by the system when we end, however we do. */
  HANDLE job = CreateJobObjectW(NULL, NULL);
  JOBOBJECT_EXTENDED_LIMIT_INFORMATION limit = { .BasicLimitInformation.LimitFlags = JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE };
  SetInformationJobObject(job, JobObjectExtendedLimitInformation, &limit, sizeof limit);
  AssignProcessToJobObject(job, process.hProcess);
  ResumeThread(process.hThread);
  CloseHandle(process.hThread);
  connector->process = process.hProcess;
  return NO_ERROR;
}

DWORD run_logged(const wchar_t *words) {
  static struct output output;
  struct connector connector;
  log_line(L"setup", words);
  DWORD code = start_connector(words, &connector);
  if (code != NO_ERROR) return code;
  CloseHandle(connector.input);
  output.from = connector.output;
  output.log = L"setup";
  output.length = 0;
  copy_output(&output);
  WaitForSingleObject(connector.process, INFINITE);
  GetExitCodeProcess(connector.process, &code);
  CloseHandle(connector.output);
  CloseHandle(connector.process);
  if (code) log_event(NOT_DONE, L"scim-connector %ls: failed with code %lu. It said:\n\n%ls", words, code, tail_of(&output));
  return code;
}
