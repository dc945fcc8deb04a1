import './screens/app-shell.ts'
