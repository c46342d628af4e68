// <sluice-viewer token="slv_…">: one tenant's audit log in a page of yours. Attributes and events: docs/viewer.md.
(function () {
  "use strict";
  if (customElements.get("sluice-viewer")) return;

  var script = document.currentScript;
  var home = script && script.src ? new URL(script.src).origin : null;
  var looks = ["theme", "accent", "background", "font", "radius"];
  var prefix = "sluice-viewer:";
  var patience = 8000;

  class SluiceViewer extends HTMLElement {
    static get observedAttributes() { return ["token", "label"].concat(looks); }

    get token() { return this.getAttribute("token"); }

    set token(token) {
      if (token === null || token === undefined) this.removeAttribute("token");
      else this.setAttribute("token", token);
    }

    connectedCallback() {
      var self = this;
      this._server = this._origin();
      if (!this._server) return this._tell("error", { code: "no_server", message: "Say where Sluice is: <sluice-viewer server=\"https://audit.example.com\">." });
      this._listen = function (event) { self._heard(event); };
      window.addEventListener("message", this._listen);
      this._frame = document.createElement("iframe");
      this._frame.title = this.getAttribute("label") || "Audit log";
      this._frame.referrerPolicy = "origin";
      this._frame.allow = "clipboard-write";
      this._frame.style.cssText = "display:block;width:100%;height:100%;border:0";
      this._frame.addEventListener("load", function () { self._loaded(); });
      this._frame.src = this._server + "/viewer#" + new URLSearchParams(this._look());
      if (!this.style.display) this.style.display = "block";
      if (!this.style.height && !this.clientHeight) this.style.height = "640px";
      this.appendChild(this._frame);
    }

    disconnectedCallback() {
      clearTimeout(this._late);
      window.removeEventListener("message", this._listen);
      if (this._frame) this._frame.remove();
      this._frame = null;
      this._isThere = false;
    }

    attributeChangedCallback(name, before, after) {
      if (before === after || !this._frame) return;
      if (name === "label") this._frame.title = after || "Audit log";
      else if (this._isThere) this._send();
    }

    _origin() {
      try { return this.getAttribute("server") ? new URL(this.getAttribute("server")).origin : home; } catch (e) { return null; }
    }

    _look() {
      var look = {};
      for (var name of looks) if (this.hasAttribute(name)) look[name] = this.getAttribute(name);
      return look;
    }

    _loaded() {
      var self = this;
      this._isThere = true;
      clearTimeout(this._late);
      this._late = setTimeout(function () {
        self._tell("error", { code: "not_loaded", message: "The viewer at " + self._server + " does not answer. Is Sluice there, and " + location.origin + " in its setting Viewer:AllowedOrigins?" });
      }, patience);
      this._send();
    }

    // Only a page of Sluice's gets the token, whatever the frame shows by now.
    _send() {
      this._frame.contentWindow.postMessage({ type: prefix + "set", token: this.token, look: this._look() }, this._server);
    }

    _heard(event) {
      if (!this._frame || event.source !== this._frame.contentWindow || event.origin !== this._server) return;
      var data = event.data;
      if (typeof data !== "object" || data === null || typeof data.type !== "string" || data.type.indexOf(prefix) !== 0) return;
      clearTimeout(this._late);
      var name = data.type.slice(prefix.length);
      if (name === "ready" || name === "token-needed" || name === "error") this._tell(name, data.detail);
    }

    _tell(name, detail) {
      this.dispatchEvent(new CustomEvent("sluice-viewer-" + name, { bubbles: true, composed: true, detail: detail }));
    }
  }

  customElements.define("sluice-viewer", SluiceViewer);
})();
