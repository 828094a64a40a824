"""python-telegram-bot as installed, polling, one update after the other (its fastest setting)."""

from benchmarks.baselines import echo

if __name__ == "__main__":
    echo.listens(echo.builder().build()).run_polling(poll_interval=0)
