import { Center, Loader } from "@mantine/core";
import { ProblemAlert } from "../components/ProblemAlert";
import { SignInPage } from "../pages/sign-in/SignInPage";
import { ErrorBoundary } from "./ErrorBoundary";
import { SessionProvider, useSessionQuery } from "./session";
import { Shell } from "./Shell";

/** Nobody is signed in: the sign-in, wherever one is. So a link leads where it says once one is. */
export function App() {
  const session = useSessionQuery();
  if (session.data) {
    return (
      <ErrorBoundary>
        <SessionProvider session={session.data}><Shell /></SessionProvider>
      </ErrorBoundary>
    );
  }
  if (session.data === null) return <SignInPage />;
  return <Center h="100vh" p="md">{session.error ? <ProblemAlert error={session.error} retry={() => void session.refetch()} /> : <Loader aria-label="Loading" />}</Center>;
}
