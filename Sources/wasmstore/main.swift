internal import CommandLineTool

Program.run()
