// Next runs this file in the browser before React starts.
import { keepTyped } from "@/app/_forms/keep-typed";
import { startInTurns } from "@/app/_forms/start-in-turns";

keepTyped();
startInTurns();
