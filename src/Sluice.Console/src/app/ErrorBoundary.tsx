import { Component, type ReactNode } from "react";
import { ProblemAlert } from "../components/ProblemAlert";

interface Props {
  children: ReactNode;
  /** When it changes, what failed is tried again. */
  of?: string;
}

/** A page that fails takes nothing else with it. */
export class ErrorBoundary extends Component<Props, { error: Error | null }> {
  override state: { error: Error | null } = { error: null };

  static getDerivedStateFromError(error: Error) {
    return { error };
  }

  override componentDidUpdate(before: Props) {
    if (before.of !== this.props.of && this.state.error) this.setState({ error: null });
  }

  override render() {
    if (!this.state.error) return this.props.children;
    return <ProblemAlert title="This page has failed" error={this.state.error} retry={() => window.location.reload()} />;
  }
}
