@echo off
rem Makes a new assessment folder in Documents.
setlocal
chcp 65001 >nul
set "KIT=%~dp0"
if not exist "%KIT%lib\fatf_kit" set "KIT=%LOCALAPPDATA%\fatf-kit\"
if not exist "%KIT%lib\fatf_kit" set "KIT=%ProgramFiles%\fatf-kit\"
call "%KIT%environment.bat"
%PYTHON% -P "%KIT%windows_folders.py" begin
pause
