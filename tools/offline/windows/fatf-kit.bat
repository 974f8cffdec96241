@echo off
rem Runs fatf-kit.
setlocal
set "KIT=%~dp0"
if not exist "%KIT%lib\fatf_kit" set "KIT=%LOCALAPPDATA%\fatf-kit\"
if not exist "%KIT%lib\fatf_kit" set "KIT=%ProgramFiles%\fatf-kit\"
call "%KIT%environment.bat"
%PYTHON% -P -m fatf_kit %*
