import typer

app = typer.Typer(name="token")


@app.command()
def list(): ...
