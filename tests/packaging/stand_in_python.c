/* A stand-in for python.exe under Wine, which shows what the scripts of Windows ask of it. It fails where the test says so.
   Under the name robocopy.exe it copies a folder, because the robocopy of Wine copies nothing. */

#include <stdio.h>
#include <stdlib.h>
#include <wchar.h>
#include <windows.h>

static int is_there(const wchar_t *path) { return GetFileAttributesW(path) != INVALID_FILE_ATTRIBUTES; }

static int number_in(const wchar_t *name) {
  const wchar_t *text = _wgetenv(name);
  return text ? _wtoi(text) : 0;
}

static int copy_folder(const wchar_t *from, const wchar_t *to) {
  wchar_t inside[4096], source[4096], target[4096];
  WIN32_FIND_DATAW entry;
  HANDLE search;
  int faults = 0;
  for (const wchar_t *cut = wcschr(to + 3, L'\\'); cut; cut = wcschr(cut + 1, L'\\')) {
    wcsncpy(target, to, cut - to)[cut - to] = 0;
    CreateDirectoryW(target, NULL);
  }
  if (!CreateDirectoryW(to, NULL) && !is_there(to)) return 8;
  search = FindFirstFileW(wcscat(wcscpy(inside, from), L"\\*"), &entry);
  if (search == INVALID_HANDLE_VALUE) return 16;
  do {
    if (!wcscmp(entry.cFileName, L".") || !wcscmp(entry.cFileName, L"..")) continue;
    wcscat(wcscat(wcscpy(source, from), L"\\"), entry.cFileName);
    wcscat(wcscat(wcscpy(target, to), L"\\"), entry.cFileName);
    if (entry.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY) faults |= copy_folder(source, target) & 24;
    else if (!CopyFileW(source, target, FALSE)) faults = 8;
  } while (FindNextFileW(search, &entry));
  FindClose(search);
  return faults ? faults : 1;
}

int wmain(int count, wchar_t **words) {
  wchar_t line[8192] = L"PYTHON", package[4096];
  char shown[32768];
  if (wcsstr(words[0], L"robocopy")) return copy_folder(words[1], words[2]);
  const wchar_t *places = _wgetenv(L"PYTHONPATH");
  for (int i = 1; i < count; i++) {
    wcscat(line, L" [");
    wcscat(line, words[i]);
    wcscat(line, L"]");
  }
  WideCharToMultiByte(CP_UTF8, 0, line, -1, shown, sizeof shown, NULL, NULL);
  puts(shown);
  fflush(stdout);
  for (int i = 1; i < count; i++) {
    if (!wcscmp(words[i], L"-c")) return number_in(L"T_START");
    if (wcsstr(words[i], L"check_files.py")) return is_there(words[i]) ? number_in(L"T_CHECK") : 4;
    if (wcsstr(words[i], L"windows_folders.py")) return is_there(words[i]) ? 0 : 4;
  }
  if (count > 3 && !wcscmp(words[3], L"fatf_kit")) {
    wcscat(wcscpy(package, places ? places : L""), L"\\fatf_kit\\__init__.py");
    if (!is_there(package)) return 5;
  }
  return count > 4 && !wcscmp(words[4], L"doctor") ? number_in(L"T_DOCTOR") : 0;
}
