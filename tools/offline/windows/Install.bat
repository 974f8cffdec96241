@echo off
rem Installs fatf-kit. Nothing is downloaded.
rem   Install.bat          for you alone, in %LOCALAPPDATA%\fatf-kit; no rights are needed
rem   Install.bat /all     for all users, in %ProgramFiles%\fatf-kit; run it as administrator
rem   Install.bat /quiet   asks nothing; the exit code is 0 only if the installation works
rem Files are copied by name into the folder "new" and checked there. Only then do they take the place
rem of an earlier version, which stays as it is if a step fails.
setlocal
chcp 65001 >nul
set "HERE=%~dp0"
set "KIT=%LOCALAPPDATA%\fatf-kit"
set "QUIET="
set "ALL="
:option
if "%~1"=="" goto unpacked
if /i "%~1"=="/all" (
  set "KIT=%ProgramFiles%\fatf-kit"
  set "ALL=1"
) else if /i "%~1"=="/quiet" (
  set "QUIET=1"
) else (
  echo Unknown option. Allowed: /all, /quiet.
  exit /b 2
)
shift /1
goto option

:unpacked
set "NEW=%KIT%\new"
set "OLD=%KIT%\old"
set "WHY=Files are missing beside Install.bat. Right-click the archive, choose Extract All, and run Install.bat in the new folder."
for %%n in (lib\fatf_kit\__init__.py guides SHA256SUMS check_files.py windows_folders.py environment.bat python-version.txt) do (
  if not exist "%HERE%%%n" goto failed
)
call "%HERE%environment.bat"
set "WHY=Python %VERSION% does not start. Install it from python.org for yourself, or ask your administrator; then run Install.bat again."
%PYTHON% -P -c "" || goto failed

echo Copying fatf-kit to "%KIT%" ...
set "WHY=The files cannot be copied there. Free some space on the disk. For all users, run Install.bat as administrator."
if exist "%NEW%" rd /s /q "%NEW%"
if exist "%NEW%" goto failed
for %%n in (lib guides python) do (
  if exist "%HERE%%%n" call :copy_folder %%n || goto failed
)
for %%n in (fatf-kit.bat "New assessment.bat" environment.bat Uninstall.bat check_files.py windows_folders.py python-version.txt README.txt SHA256SUMS) do (
  copy /y "%HERE%%%~n" "%NEW%\%%~n" >nul || goto failed
)

echo Checking the copy ...
set "WHY=The copy is incomplete or was changed. Unpack the archive again. An antivirus program may have removed files."
%PYTHON% -P "%NEW%\check_files.py" "%NEW%" || goto failed
set "WHY=A check failed; the lines above say which one. The page For the administrator in the folder guides explains the usual causes."
call "%NEW%\fatf-kit.bat" doctor || goto failed
set "WHY=The libraries could not be prepared for all users."
if defined ALL %PYTHON% -m compileall -q "%NEW%\lib" || goto failed

set "WHY=An earlier version is in use. Close every window of fatf-kit and run Install.bat again. The earlier version was kept."
if exist "%OLD%" rd /s /q "%OLD%"
md "%OLD%" || goto failed
for %%n in (lib guides python) do (
  if exist "%KIT%\%%n" call :move_folder "%KIT%\%%n" "%OLD%\%%n" || goto restore
)
for %%n in (lib guides python) do (
  if exist "%NEW%\%%n" call :move_folder "%NEW%\%%n" "%KIT%\%%n" || goto restore
)
set "WHY=The scripts cannot be replaced. Run Install.bat again."
copy /y "%NEW%\*" "%KIT%\" >nul || goto failed
rd /s /q "%NEW%"
rd /s /q "%OLD%"

echo.
echo Installed in "%KIT%"
if defined ALL goto end
set "COMMANDS=%LOCALAPPDATA%\Microsoft\WindowsApps"
if exist "%COMMANDS%\" copy /y "%KIT%\fatf-kit.bat" "%COMMANDS%\" >nul
%PYTHON% -P "%KIT%\windows_folders.py" place "%KIT%\New assessment.bat"
:end
if not defined QUIET pause
exit /b 0

:restore
for %%n in (lib guides python) do if exist "%OLD%\%%n" (
  if exist "%KIT%\%%n" move "%KIT%\%%n" "%NEW%\%%n" >nul
  move "%OLD%\%%n" "%KIT%\%%n" >nul
)
rd "%OLD%"
:failed
if exist "%NEW%" rd /s /q "%NEW%"
echo.
echo fatf-kit was NOT installed in "%KIT%"
echo %WHY%
if not defined QUIET pause
exit /b 1

:copy_folder
robocopy "%HERE%%1" "%NEW%\%1" /E /R:2 /W:1 /NFL /NDL /NJH /NJS /NP >nul
if errorlevel 8 exit /b 1
if not exist "%NEW%\%1" exit /b 1
exit /b 0

:move_folder
rem A virus scanner may read the new files for a moment, and Windows moves no folder whose files are open.
for %%t in (1 2 3 4 5) do (
  move "%~1" "%~2" >nul 2>nul
  if not exist "%~1" exit /b 0
  ping -n 2 127.0.0.1 >nul
)
exit /b 1
