/* What the parts of scim-connector-service.exe share; service.c says what it is. */
#ifndef SERVICE_H
#define SERVICE_H

#define WIN32_LEAN_AND_MEAN
#define _WIN32_WINNT 0x0601
#include <windows.h>
#include <stdio.h>
#include <wchar.h>

#define NAME L"scim-connector"
#define ACCOUNT L"NT SERVICE\\" NAME
/* The longest path Windows knows. Unit: characters. */
#define LONG_PATH 32768
/* A start that takes longer is called running all the same. Unit: ms. */
#define START_WAIT 20000
/* Longer than the connector's own grace for running requests, 10 s. Unit: ms. */
#define STOP_WAIT 25000
/* What the connector said last goes into the event of its end. Unit: bytes. */
#define TAIL 2000
/* The connector's exit code for a configuration it refuses: starting it again is of no use. */
#define EXIT_USAGE 2

/* Numbers in the Event Log, for those who watch it: docs/install-windows.md lists them. */
enum event { STARTED = 1, STOPPED = 2, SLOW_STOP = 3, NOT_CONFIGURED = 10, NOT_STARTED = 11, ENDED = 12, REFUSED = 13,
             NO_LOG = 14, NOT_DONE = 15 };

/* folders.c; filled by find_folders. */
extern wchar_t program_folder[LONG_PATH], data_folder[LONG_PATH], config_file[LONG_PATH];
void find_folders(void);
BOOL exists(const wchar_t *path);

/* process.c: a running scim-connector.exe. It never outlives us. */
struct connector { HANDLE process, input, output; };
/* `words`: its command line without the program. Returns 0 or a system error. */
DWORD start_connector(const wchar_t *words, struct connector *connector);
/* Runs a command to its end, its output in logs\setup.log. Returns its exit code. */
DWORD run_logged(const wchar_t *words);

/* log.c */
void log_event(enum event event, const wchar_t *format, ...);
struct output {
  HANDLE from;
  /* Name of the file in logs\ without its ending. */
  const wchar_t *log;
  /* Signalled when the connector says that it listens; may be NULL. */
  HANDLE listening;
  DWORD length;
  char tail[TAIL + 1];
};
/* Copies `struct output` to its log until the other end is closed. A thread's function. */
DWORD WINAPI copy_output(LPVOID output);
/* A line of our own, with the time. A text that is too long is left out. */
void log_line(const wchar_t *name, const wchar_t *text);
/* What was said last. */
const wchar_t *tail_of(struct output *output);

/* access.c */
/* Makes the data folders with their rights: `account` may read, and write where it has to. Says what is wrong; 0: done. */
int protect_folders(const wchar_t *account);
/* Removes the data folders. */
int purge(void);

/* say.c: text for a person, a pipe or a file. `to`: STD_OUTPUT_HANDLE or STD_ERROR_HANDLE. */
void say(DWORD to, const wchar_t *format, ...);

/* fail.c: says what failed, with the last error. Returns 1. */
int fail(const wchar_t *what);

/* registration.c: verbs of the command line. 0: done; else the reason is on stderr. */
int install(void);
int protect(void);
int start(void);
int stop(void);
int reload(void);
int status(void);
int uninstall(void);

/* set-up.c: what an installation does once the service is made. `answers`: a file for init, or NULL. */
int set_up(const wchar_t *answers);

#endif
