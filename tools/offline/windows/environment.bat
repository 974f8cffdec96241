@rem Sets PYTHON to the Python of the archive or, if it has none, to the one that is installed, and lets it find the libraries.
@set /p VERSION=<"%~dp0python-version.txt"
@set "PYTHONPATH=%~dp0lib"
@set "PYTHONUTF8=1"
@set "PYTHONNOUSERSITE=1"
@set "PYTHONHOME="
@set PYTHON=py -%VERSION%
@if exist "%~dp0python\python.exe" set PYTHON="%~dp0python\python.exe"
