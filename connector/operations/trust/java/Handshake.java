import java.net.InetSocketAddress;
import java.net.Socket;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * One TLS handshake as a program in Java makes it that is told nothing: with the truststore of its Java. Arguments: host
 * and port to connect to, the name that the certificate must have.
 */
public class Handshake {
  public static void main(String[] args) {
    try {
      int port = Integer.parseInt(args[1]);
      Socket plain = new Socket();
      plain.connect(new InetSocketAddress(args[0], port), 5000);
      plain.setSoTimeout(5000);
      SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
      SSLSocket socket = (SSLSocket) factory.createSocket(plain, args[2], port, true);
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      System.out.println("ok " + socket.getSession().getProtocol() + " " + System.getProperty("java.version"));
      socket.close();
    } catch (Throwable error) {
      StringBuilder text = new StringBuilder("failed");
      for (Throwable cause = error; cause != null; cause = cause.getCause()) text.append(" | ").append(cause);
      System.out.println(text.toString().replace('\n', ' '));
      System.exit(1);
    }
  }
}
