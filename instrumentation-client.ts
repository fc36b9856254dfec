// Next runs this file in the browser before React starts.
import { keepTyped } from "@/app/_forms/keep-typed";

keepTyped();
