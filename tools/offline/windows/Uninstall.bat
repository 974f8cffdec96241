@echo off
rem Removes what Install.bat copied, by name. Assessments and all other files stay where they are.
rem   Uninstall.bat /quiet   asks nothing
setlocal
chcp 65001 >nul
set "KIT=%~dp0"
set "QUIET="
if /i "%~1"=="/quiet" set "QUIET=1"
if exist "%KIT%Install.bat" (
  echo This is the unpacked archive, which you can delete by hand. Nothing was removed.
  echo Run Uninstall.bat where fatf-kit was installed: "%LOCALAPPDATA%\fatf-kit" or "%ProgramFiles%\fatf-kit".
  if not defined QUIET pause
  exit /b 1
)
if not defined QUIET (
  echo This removes fatf-kit from "%KIT%". Close this window to keep it.
  pause
)
if /i not "%KIT%"=="%LOCALAPPDATA%\fatf-kit\" goto folder
call "%KIT%environment.bat"
%PYTHON% -P "%KIT%windows_folders.py" remove "New assessment.bat"
if exist "%LOCALAPPDATA%\Microsoft\WindowsApps\fatf-kit.bat" del /q "%LOCALAPPDATA%\Microsoft\WindowsApps\fatf-kit.bat"

:folder
for %%n in (lib guides python new old) do if exist "%KIT%%%n" rd /s /q "%KIT%%%n"
for %%n in (lib guides python) do if exist "%KIT%%%n" goto failed
for %%n in (fatf-kit.bat "New assessment.bat" environment.bat check_files.py windows_folders.py python-version.txt README.txt SHA256SUMS) do (
  if exist "%KIT%%%~n" del /q "%KIT%%%~n"
)
echo fatf-kit was removed.
if not defined QUIET pause
rem The last line deletes this file, and the folder if nothing else is in it; Windows reads the line before it runs.
cd /d "%TEMP%"
(goto) 2>nul & del /q "%~f0" & rd "%KIT%" 2>nul & exit /b 0

:failed
echo Some files are in use, or you may not delete them. Close every window of fatf-kit and run Uninstall.bat again.
if not defined QUIET pause
exit /b 1
